"""The board's right pane: how one citizen and one dwelling go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.allocation import wording
from housing.allocation.affordability import affordability
from housing.allocation.enums import Benefit
from housing.allocation.models import HousingReferral
from housing.allocation.rules import Match, Verdict, match
from housing.allocation.selectors.board_state import (
    State,
)
from housing.allocation.selectors.facts import dwelling_facts, referral_facts
from housing.allocation.selectors.queue import spread_of
from housing.allocation.selectors.rows import Waiting, row_of, with_row
from housingfirst.ui import words

if TYPE_CHECKING:
    from housing.allocation.wording import FitLine
    from housing.supply.models import Vacancy


@dataclass(frozen=True, slots=True)
class Explained:
    """The right pane: how the chosen citizen and the dwelling go together."""

    waiting: Waiting
    match: Match
    hard: list[FitLine]
    wishes: list[FitLine]
    spread: FitLine
    earlier: str
    is_first: bool
    fitting: int


def explained(
    ranked: QuerySet[HousingReferral],
    rows: list[Waiting],
    chosen: Vacancy,
    state: State,
    counts: Mapping[str, int],
    today: date,
) -> Explained | None:
    """The selected row, fetched by itself when it is not among those shown."""
    row = next((one for one in rows if one.is_selected), None)
    if row is None and state.referral is not None:
        other = with_row(ranked, today).filter(reference=state.referral).first()
        if other is not None:
            row = row_of(other, today, match=match(referral_facts(other), dwelling_facts(chosen)))
    if row is None:
        return None
    referral = row.referral
    found = match(referral_facts(referral), dwelling_facts(chosen), spread=spread_of(chosen, today))
    assert found.spread is not None
    return Explained(
        waiting=row,
        match=found,
        hard=wording.hard_lines(found, left_per_day=_left_per_day(referral, chosen)),
        wishes=wording.wish_lines(found),
        spread=wording.spread_line(found.spread),
        earlier=_earlier(referral),
        is_first=row.number == 1 and found.verdict == Verdict.FITS,
        fitting=counts[Verdict.FITS],
    )


def _left_per_day(referral: HousingReferral, chosen: Vacancy) -> str:
    if referral.income_dkk is None:
        return ""
    left = affordability(
        rent_dkk=chosen.rent_dkk,
        income_dkk=referral.income_dkk,
        benefit=Benefit(referral.benefit),
        adults=referral.adults,
        children=referral.children,
    )
    return _("about %(amount)s a day left (estimate)") % {
        "amount": words.money(left.left_per_day_dkk)
    }


def _earlier(referral: HousingReferral) -> str:
    """That there were offers before, and that it means nothing here."""
    ended = referral.earlier_offers
    if not ended:
        return ""
    text = ngettext(
        "Has had %(n)d offer before. It has no meaning here.",
        "Has had %(n)d offers before. It has no meaning here.",
        ended,
    )
    return text % {"n": ended}
