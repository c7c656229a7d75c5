"""The columns an import understands, by their Danish names, and how their cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from housingfirst.imports.errors import ColumnsMissing
from housingfirst.imports.reading import Line, Sheet
from housingfirst.ui.forms.amounts import parse_amount

_YES: Final = frozenset({"ja", "j", "yes", "y", "1", "x", "sand", "true"})
_NO: Final = frozenset({"nej", "n", "no", "0", "falsk", "false", ""})
_DATE: Final = re.compile(
    r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4}))(?:[ T].*)?"
)


class CellError(ValueError):
    """A cell cannot be read; the text says what to write."""


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is what the file calls it, `aliases` what it may be called too; case is ignored."""

    key: str
    name: str
    read: Callable[[str], Any]
    help: str | Promise
    example: str
    aliases: Sequence[str] = ()
    is_required: bool = False
    """Whether the file must have the column; whether a cell may be empty is the row's own rule."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A row's values by column key (None where the cell is empty or the column is not there)."""

    number: int
    values: Mapping[str, Any]
    errors: tuple[str, ...]


def read_lines(sheet: Sheet, columns: Sequence[Column]) -> list[ReadLine]:
    """Every row, read column by column. Raises ColumnsMissing when a required one is not there."""
    places = _places(sheet.header, columns)
    missing = [column.name for column in columns if column.is_required and column.key not in places]
    if missing:
        raise ColumnsMissing(columns=", ".join(missing))
    return [_read_line(line, columns, places) for line in sheet.lines]


def _read_line(line: Line, columns: Sequence[Column], places: Mapping[str, int]) -> ReadLine:
    values: dict[str, Any] = {}
    errors: list[str] = []
    for column in columns:
        place = places.get(column.key)
        text = line.cells[place] if place is not None and place < len(line.cells) else ""
        if not text:
            values[column.key] = None
            continue
        try:
            values[column.key] = column.read(text.replace("\x00", ""))
        except CellError as error:
            values[column.key] = None
            errors.append(f"{column.name}: {error}")
    return ReadLine(line.number, values, tuple(errors))


def _places(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    known = {
        _plain(name): column.key
        for column in columns
        for name in (column.name, column.key, *column.aliases)
    }
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        key = known.get(_plain(title))
        if key is not None:
            places.setdefault(key, place)
    return places


def _plain(title: str) -> str:
    return re.sub(r"[^a-zæøå0-9]", "", title.casefold())


def read_day(text: str) -> date:
    """A date as 14-09-2026, 14.9.2026, 14/9-2026 or 2026-09-14. Raises CellError."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise CellError(_("“%(text)s” is not a date. Write 14-09-2026.") % {"text": text[:40]})
    parts = match.groups()
    year, month, day = parts[:3] if parts[0] else (parts[5], parts[4], parts[3])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellError(_("“%(text)s” is no day in the calendar.") % {"text": text[:40]}) from None


def read_amount(text: str) -> Decimal:
    """Kroner, such as 1.450,00 or 1450. Raises CellError."""
    amount = parse_amount(text)
    if amount is None or amount < 0:
        raise CellError(_("“%(text)s” is not an amount. Write 1.450,00.") % {"text": text[:40]})
    return amount


def read_whole(text: str) -> int:
    """A whole number from 0 to 9,999. Raises CellError."""
    cleaned = text.replace(" ", "")
    if not re.fullmatch(r"-?\d{1,4}", cleaned):
        raise CellError(_("“%(text)s” is not a whole number.") % {"text": text[:40]})
    return int(cleaned)


def read_yes(text: str) -> bool:
    """Ja or nej. Raises CellError."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(_("“%(text)s” is neither ja nor nej.") % {"text": text[:40]})


def line_of(limit: int) -> Callable[[str], str]:
    """A reader of text of at most `limit` characters."""

    def read(text: str) -> str:
        if len(text) > limit:
            raise CellError(
                _("The text has %(count)s characters. Write at most %(limit)s.")
                % {"count": len(text), "limit": limit}
            )
        return " ".join(text.split())

    return read


def one_of(words: Mapping[str, str]) -> Callable[[str], str]:
    """A reader of one of these words (in any case); gives what the word stands for."""
    known = {word.casefold(): value for word, value in words.items()}

    def read(text: str) -> str:
        value = known.get(text.strip().casefold())
        if value is None:
            raise CellError(
                _("“%(text)s” is not known. Write one of: %(words)s.")
                % {"text": text[:40], "words": ", ".join(words)}
            )
        return value

    return read
