"""Dates and times as people type them; pure functions that are given the day.

A day may be written 17-11-2026, 17/11, 17.11.26, 17. nov., 2026-11-17, "i dag", "i morgen",
"i går", "torsdag" (the next one), +14 or -3 days from today; English words are accepted as well.
"""

import re
from datetime import date, datetime, time, timedelta
from typing import Literal

from housingfirst.ui.words import MONTHS, WEEKDAYS

Prefer = Literal["near", "past", "future"]

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

_RELATIVE = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "nu": 0,
    "now": 0,
    "i morgen": 1,
    "imorgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
    "overmorgen": 2,
    "i går": -1,
    "igår": -1,
    "yesterday": -1,
    "i forgårs": -2,
    "forgårs": -2,
}
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DANISH = re.compile(
    r"(\d{1,2})\s*[-./]\s*(\d{1,2})(?:\s*[-./]\s*(\d{4}|\d{2}))?\s*[-./]?", re.ASCII
)
_WORDED = re.compile(r"(\d{1,2})\.?\s*([a-zæøå]{3,})\.?(?:\s*(\d{4}))?", re.ASCII)
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_TIME = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d{2}))?(?::\d{2}(?:\.\d+)?)?", re.ASCII)
_DAY_AND_TIME = re.compile(
    r"(?P<day>.+?)(?:[t,]\s*|\s+)(?P<time>(?:kl\.?\s*\d{1,2}(?:[.:]\d{2})?|\d{1,2}[.:]\d{2}(?::\d{2}(?:\.\d+)?)?))",
    re.ASCII,
)


def parse_day(text: str, *, today: date, prefer: Prefer = "near") -> date | None:
    """The day `text` means, or None when it cannot be read or lies outside 1900-2199.

    A missing year, or one of two digits, is chosen by `prefer`: nearest to today, the last such
    day, or the next one.
    """
    text = " ".join(text.lower().split())
    try:
        found = _relative(text, today) or _absolute(text, today, prefer)
    except (ValueError, OverflowError):
        return None
    return found if found and EARLIEST <= found <= LATEST else None


def _relative(text: str, today: date) -> date | None:
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    if match := _OFFSET.fullmatch(text):
        offset = timedelta(days=int(match[2]))
        return today + offset if match[1] == "+" else today - offset
    for names in WEEKDAYS.values():
        for number, name in enumerate(names):
            if text in {name.lower(), f"på {name}", f"on {name.lower()}"}:
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _absolute(text: str, today: date, prefer: Prefer) -> date | None:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := _DANISH.fullmatch(text):
        return _dated(int(match[1]), int(match[2]), match[3], today, prefer)
    if match := _WORDED.fullmatch(text):
        month = _month(match[2])
        return _dated(int(match[1]), month, match[3], today, prefer) if month else None
    return None


def _month(word: str) -> int | None:
    for names in MONTHS.values():
        for number, name in enumerate(names, start=1):
            if name.lower().startswith(word):
                return number
    return None


def _dated(day: int, month: int, year: str | None, today: date, prefer: Prefer) -> date | None:
    """The day with its year completed. Raises ValueError for a day that no year has."""
    if year and len(year) == 4:
        return date(int(year), month, day)
    if year:
        step, centre = 100, today.year - today.year % 100 + int(year)
        years = [centre - step, centre, centre + step]
    else:
        # 29 February may be up to eight years away (1896-1904, 2096-2104).
        years = list(range(today.year - 8, today.year + 9))
    candidates = [found for at in years if (found := _try(at, month, day))]
    if not candidates:
        raise ValueError("no such day")
    if prefer == "past":
        return max((c for c in candidates if c <= today), default=None)
    if prefer == "future":
        return min((c for c in candidates if c >= today), default=None)
    return min(candidates, key=lambda c: abs((c - today).days))


def _try(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """ "11.12", "11:12", "kl. 9", "9"; None when it is not a time of day."""
    match = _TIME.fullmatch(" ".join(text.lower().split()))
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_moment(text: str, *, now: datetime, prefer: Prefer = "near") -> datetime | None:
    """A naive local day and time: "17-11-2026 kl. 11.12", "i dag 9.30", "17/11 11:12", "nu".

    A bare time means today; a day without a time cannot be read.
    """
    text = " ".join(text.lower().split())
    if text in {"nu", "now"}:
        return now.replace(second=0, microsecond=0, tzinfo=None)
    if (":" in text or text.startswith("kl")) and (at := parse_time(text)):
        return datetime.combine(now.date(), at)
    match = _DAY_AND_TIME.fullmatch(text)
    if not match:
        return None
    on = parse_day(match["day"].removesuffix(","), today=now.date(), prefer=prefer)
    at = parse_time(match["time"])
    return datetime.combine(on, at) if on and at is not None else None
