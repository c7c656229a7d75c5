"""Plain values the shared components are drawn from: no model, no query; selectors fill them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Severity = Literal["over", "now", "soon", "ok", "wait", "done", "line", "lock"]

# The icon is part of a badge's meaning (docs/ui.md); "ok" and "line" have none.
SEVERITY_ICONS: dict[str, str] = {
    "over": "error",
    "now": "warning",
    "soon": "time",
    "ok": "",
    "wait": "hourglass",
    "done": "check",
    "line": "",
    "lock": "lock",
}


@dataclass(frozen=True, slots=True)
class Who:
    """The citizen header: the same on every page of a case.

    `protection` is the badge's text, empty when there is none. `cpr_masked` is shown as it is;
    `cpr_reveal_url` takes a POST and logs the look. `facts` are further short facts. `clock` is the
    sentence of the clock that matters now, with `clock_tone` "over", "now" or "".
    """

    name: str
    case_number: str = ""
    url: str = ""
    age: int | None = None
    language: str = ""
    interpreter: bool = False
    protection: str = ""
    cpr_masked: str = ""
    cpr_reveal_url: str = ""
    facts: Sequence[str] = ()
    clock_label: str = ""
    clock: str = ""
    clock_tone: Literal["over", "now", ""] = ""


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter whose state is in the address. `count` None shows none."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline. `matters` fills the dot; `at` is the time of day as text or empty."""

    on: date
    text: str
    at: str = ""
    who: str = ""
    sub: str = ""
    sub_tone: Literal["over", "now", "done", ""] = ""
    url: str = ""
    matters: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a checklist. `state` picks icon and colour; "late" wants a word in `sub`."""

    text: str
    state: Literal["done", "late", "now", "soon", "wait", "open"] = "open"
    when: str = ""
    sub: str = ""
    url: str = ""


STEP_ICONS: dict[str, tuple[str, str]] = {
    # state: (icon, class of the icon and of the date)
    "done": ("check", "is-done"),
    "late": ("error", "is-late"),
    "now": ("warning", "t-now"),
    "soon": ("time", ""),
    "wait": ("hourglass", "is-wait"),
    "open": ("chevron-right", "is-open"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A pair for `facts` and `kv`; `url` opens what the value stands on."""

    label: str
    value: Any
    url: str = ""
    tone: Literal["over", "now", "done", ""] = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A keyset page: addresses of the neighbours, empty when there are none."""

    previous_url: str = ""
    next_url: str = ""
