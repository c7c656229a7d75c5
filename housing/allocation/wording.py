"""The sentences of a match: what must be met, what is wished, what would have to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housing.allocation.enums import Stairs, Track
from housing.allocation.rules import (
    FLOOR_LIMIT,
    Criterion,
    Match,
    Must,
    Spread,
    State,
    Verdict,
    Want,
    WishAnswer,
)
from housing.supply import wording as supply
from housing.supply.enums import DwellingKind
from housingfirst.ui import words
from housingfirst.ui.parts import Severity

Tone = Literal["done", "now", "over"]
ICONS: Final[Mapping[Tone, str]] = {"done": "check", "now": "warning", "over": "close"}

VERDICTS: Final[Mapping[Verdict, tuple[Severity, Promise]]] = {
    Verdict.FITS: ("done", gettext_lazy("Fits")),
    Verdict.WOULD_FIT_IF: ("soon", gettext_lazy("Would fit if")),
    Verdict.DOES_NOT_FIT: ("line", gettext_lazy("Does not fit")),
}


@dataclass(frozen=True, slots=True)
class FitLine:
    """One line of the explanation. `extra` stands in grey behind it."""

    tone: Tone
    text: str
    extra: str = ""

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


def hard_lines(match: Match, *, left_per_day: str = "") -> list[FitLine]:
    """What must be met. `left_per_day` is the affordability sentence behind a rent that fits."""
    lines = []
    for criterion in match.hard:
        tone: Tone = "done" if criterion.state == State.MET else "now"
        if criterion.state == State.FAR:
            tone = "over"
        extra = left_per_day if criterion.must == Must.RENT and tone == "done" else ""
        if "reduced" in criterion.params:
            extra = _("A temporary rent reduction would bring it down to %(rent)s.") % {
                "rent": words.money(criterion.params["reduced"])
            }
        lines.append(FitLine(tone, _HARD[criterion.must](criterion), extra))
    return lines


def wish_lines(match: Match) -> list[FitLine]:
    return [
        FitLine("done" if wish.is_met else "now", _WISHES[wish.want](wish)) for wish in match.wishes
    ]


def spread_line(spread: Spread) -> FitLine:
    """H6: how many were allocated to the same stairwell and estate lately."""
    text = ngettext(
        "The stairwell: %(n)d allocation in the last 12 months.",
        "The stairwell: %(n)d allocations in the last 12 months.",
        spread.stairwell,
    ) % {"n": spread.stairwell}
    return FitLine(
        "done" if spread.stairwell == 0 else "now",
        text,
        _("The estate: %(n)d") % {"n": spread.estate},
    )


def note(match: Match) -> str:
    """What a list says beside the verdict: the changes, or the worst of what is missed."""
    if match.verdict == Verdict.WOULD_FIT_IF:
        return _(" and ").join(_CHANGES[change.must](change) for change in match.changes)
    if match.verdict == Verdict.DOES_NOT_FIT:
        missed = sorted(match.missed, key=lambda criterion: criterion.state != State.FAR)
        return _MISSED[missed[0].must](missed[0])
    return ""


def household(adults: int, children: int) -> str:
    """ "1 voksen", "2 voksne og 1 barn" """
    text = ngettext("%(n)d adult", "%(n)d adults", adults) % {"n": adults}
    if not children:
        return text
    more = ngettext("%(n)d child", "%(n)d children", children) % {"n": children}
    return _("%(adults)s and %(children)s") % {"adults": text, "children": more}


def _rent(row: Criterion) -> str:
    params = _money(row.params)
    if row.state == State.UNKNOWN:
        return _("Rent %(rent)s; the highest rent is not known") % params
    if row.is_met:
        return _("Rent %(rent)s is within the ceiling of %(ceiling)s") % params
    return _("Rent %(rent)s is %(excess)s over the ceiling of %(ceiling)s") % params


def _rooms(row: Criterion) -> str:
    params = {
        "rooms": supply.rooms(row.params["rooms"]),
        "household": household(row.params["adults"], row.params["children"]),
        "least": row.params["least"],
    }
    if row.is_met:
        return _("%(rooms)s for %(household)s") % params
    return _("%(rooms)s for %(household)s; at least %(least)s are needed") % params


def _stairs(row: Criterion) -> str:
    params = {
        "floor": supply.floor(row.params["floor"], has_lift=row.params["lift"]),
        "limit": words.inside(Stairs(row.params["stairs"]).label),
    }
    if row.params["stairs"] == Stairs.ANY:
        return _("%(floor)s; any floor will do") % params
    return _("%(floor)s; asked for: %(limit)s") % params


def _pets(row: Criterion) -> str:
    if not row.params["has_pets"]:
        return _("Has no pets")
    return _("Pets are allowed") if row.is_met else _("Has pets, which are not allowed here")


def _area(row: Criterion) -> str:
    if row.is_met:
        return _("%(area)s is not ruled out") % row.params
    return _("%(area)s is ruled out by the citizen") % row.params


def _kind(row: Criterion) -> str:
    kind = DwellingKind(row.params["kind"]).label
    if row.is_met:
        return str(kind)
    asked = words.inside(Track(row.params["track"]).label)
    return _("%(kind)s; asked for: %(asked)s") % {"kind": kind, "asked": asked}


def _estate(row: Criterion) -> str:
    if row.is_met:
        return _("The estate is open to allocation")
    return _("The estate is barred: %(reason)s A person checks whom it covers.") % {
        "reason": f"{row.params['reason'].rstrip('.')}." if row.params["reason"] else ""
    }


def _free(row: Criterion) -> str:
    return _("Has no other offer") if row.is_met else _("Has an offer that waits for an answer")


_HARD: Final[Mapping[Must, Callable[[Criterion], str]]] = {
    Must.RENT: _rent,
    Must.ROOMS: _rooms,
    Must.STAIRS: _stairs,
    Must.PETS: _pets,
    Must.AREA: _area,
    Must.KIND: _kind,
    Must.ESTATE: _estate,
    Must.FREE: _free,
}


def _wish_area(wish: WishAnswer) -> str:
    if not wish.is_met:
        return _("%(area)s is not among the wishes") % wish.params
    if wish.params["rank"] == 1:
        return _("%(area)s is the first wish") % wish.params
    return _("%(area)s is wish no. %(rank)d") % wish.params


def _wish_outdoor(wish: WishAnswer) -> str:
    if wish.is_met:
        return _("Has a balcony or garden, as wished")
    return _("Wishes a balcony or garden; there is none")


def _wish_visiting(wish: WishAnswer) -> str:
    if wish.is_met:
        return _("Room for children on visits")
    return _("Children come on visits; there is only %(rooms)s") % {
        "rooms": supply.rooms(wish.params["rooms"])
    }


_WISHES: Final[Mapping[Want, Callable[[WishAnswer], str]]] = {
    Want.AREA: _wish_area,
    Want.OUTDOOR: _wish_outdoor,
    Want.VISITING: _wish_visiting,
}

_CHANGES: Final[Mapping[Must, Callable[[Criterion], str]]] = {
    Must.RENT: lambda row: _("rent at most %(rent)s instead of %(ceiling)s") % _money(row.params),
    Must.ROOMS: lambda row: _("%(rooms)s is enough") % {"rooms": supply.rooms(row.params["rooms"])},
    Must.STAIRS: lambda row: (
        _("%(floor)s without a lift will do")
        % {"floor": words.inside(supply.floor(row.params["floor"]))}
    ),
    Must.PETS: lambda _row: _("without pets"),
    Must.AREA: lambda row: _("%(area)s will do after all") % row.params,
}

_MISSED: Final[Mapping[Must, Callable[[Criterion], str]]] = {
    Must.RENT: lambda row: _("rent %(excess)s over the ceiling") % _money(row.params),
    Must.ROOMS: lambda row: _("needs %(rooms)s") % {"rooms": supply.rooms(row.params["least"])},
    Must.STAIRS: lambda row: (
        _("%(floor)s without a lift") % _floor(row)
        if row.params["stairs"] in FLOOR_LIMIT
        else _("needs step-free access")
    ),
    Must.PETS: lambda _row: _("pets are not allowed"),
    Must.AREA: lambda row: _("%(area)s is ruled out") % row.params,
    Must.KIND: lambda row: (
        _("seeks another kind: %(asked)s")
        % {"asked": words.inside(Track(row.params["track"]).label)}
    ),
    Must.ESTATE: lambda _row: _("the estate is barred"),
    Must.FREE: lambda _row: _("has an offer"),
}


def _floor(row: Criterion) -> dict[str, str]:
    return {"floor": words.inside(supply.floor(row.params["floor"]))}


def _money(params: Mapping[str, Any]) -> dict[str, str]:
    return {key: words.money(value) for key, value in params.items()}
