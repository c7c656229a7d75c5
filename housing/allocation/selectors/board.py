"""The allocation board: vacancies left, who waits in the middle, the explained match right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, QuerySet, Sum, When
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.allocation.asked import Asked, asked_with
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.rules import Verdict, match
from housing.allocation.selectors.board_state import (
    MOST,
    MOST_VACANCIES,
    PAGE,
    SHOWN,
    VACANCIES,
    State,
)
from housing.allocation.selectors.explained import Explained, explained
from housing.allocation.selectors.facts import dwelling_facts, referral_facts
from housing.allocation.selectors.fitting import fitting
from housing.allocation.selectors.matching import (
    RANKED_ORDER,
    VERDICT_RANK,
    only,
    with_verdict,
)
from housing.allocation.selectors.queue import waiting_for
from housing.allocation.selectors.rows import Waiting, row_of, with_row
from housing.supply.selectors import VacancyRow, vacancies
from housing.supply.selectors import row_of as vacancy_row
from housingfirst.access.enums import Act
from housingfirst.ui.parts import Filter

if TYPE_CHECKING:
    from housing.supply.models import Vacancy
    from housingfirst.access.models import User


@dataclass(frozen=True, slots=True)
class VacancyPick:
    """A vacancy to choose. `fitting` counts those waiting whom it fits, None while it is held.

    `asked` is what was asked of others with the offer that holds it.
    """

    row: VacancyRow
    url: str
    is_chosen: bool
    fitting: int | None
    asked: Sequence[Asked] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page shows. `counts` has the number of each verdict and "all"."""

    state: State
    picks: list[VacancyPick]
    more_vacancies_url: str
    chosen: VacancyRow | None
    rows: list[Waiting]
    filters: list[Filter]
    counts: Mapping[str, int]
    more: int
    more_url: str
    explained: Explained | None
    vacant: int
    rent_so_far_dkk: Decimal
    fitting_week_dkk: Decimal | None

    @property
    def citizen_ids(self) -> list[int]:
        return [row.referral.case.citizen_id for row in self.rows]


def board(user: User, today: date, state: State) -> Board:
    """The board as the address says it. A number of queries that does not grow with the rows."""
    found = list(
        vacancies(user)
        .filter(closed_on__isnull=True, municipality__in=_municipalities(user))
        .order_by(F("answer_by").asc(nulls_last=True), "pk")[: state.vacancies_shown + 1]
    )
    has_more, found = len(found) > state.vacancies_shown, found[: state.vacancies_shown]
    chosen = _chosen(user, found, state)
    picks = [vacancy_row(vacancy, today) for vacancy in found]
    if chosen is None:
        return _empty(state, picks)
    waiting = waiting_for(user, chosen.municipality_id, today)
    ranked = with_verdict(waiting, dwelling_facts(chosen))
    counts, week = _counts(ranked, today)
    facts = {vacancy.pk: dwelling_facts(vacancy) for vacancy in found}
    fits = fitting(ranked, facts)
    shown = with_row(only(ranked, state.verdict), today)
    referrals = list(shown.order_by(*RANKED_ORDER)[: state.shown])
    rows = _rows(referrals, chosen, state, today)
    total = counts["all"] if state.verdict is None else counts[state.verdict]
    chosen_row = vacancy_row(chosen, today)
    asked = _asked(user, [row.vacancy for row in picks if row.is_held])
    return Board(
        state=state,
        picks=[
            VacancyPick(
                row=row,
                url=state.url(vacancy=row.vacancy.reference, referral=None, m=None, show=None),
                is_chosen=row.vacancy.pk == chosen.pk,
                fitting=None if row.is_held else fits[row.vacancy.pk],
                asked=asked.get(row.vacancy.pk, ()),
            )
            for row in picks
        ],
        more_vacancies_url=(
            state.url(vacancies=state.vacancies_shown + VACANCIES)
            if has_more and state.vacancies_shown < MOST_VACANCIES
            else ""
        ),
        chosen=chosen_row,
        rows=rows,
        filters=_filters(state, counts),
        counts=counts,
        more=max(total - len(rows), 0),
        more_url=state.url(show=min(state.shown + PAGE, MOST)) if len(rows) < MOST else "",
        explained=explained(ranked, rows, chosen, state, counts, today),
        vacant=len(found),
        rent_so_far_dkk=sum((row.rent_so_far_dkk for row in picks), Decimal(0)),
        fitting_week_dkk=week,
    )


def _asked(user: User, held: list[Vacancy]) -> dict[int, list[Asked]]:
    """What was asked with the offers that hold these vacancies, of those the user may see."""
    if not held:
        return {}
    offers = list(Offer.objects.visible_to(user).live().filter(vacancy__in=held))
    told = asked_with(offers, user, timezone.now())
    return {offer.vacancy_id: told[offer.pk] for offer in offers if offer.pk in told}


def _municipalities(user: User) -> set[int]:
    return {unit.municipality_id for unit in user.units_for(Act.OFFER_MAKE)}


def _chosen(user: User, found: list[Vacancy], state: State) -> Vacancy | None:
    """The vacancy that the address names, else the first that nothing holds."""
    if state.vacancy is not None:
        listed = next((one for one in found if one.reference == state.vacancy), None)
        if listed is not None:
            return listed
        named = (
            vacancies(user)
            .filter(
                closed_on__isnull=True,
                reference=state.vacancy,
                municipality__in=_municipalities(user),
            )
            .first()
        )
        if named is not None:
            return named
    return next((one for one in found if one.held_until is None), found[0] if found else None)


def _counts(
    ranked: QuerySet[HousingReferral], today: date
) -> tuple[dict[str, int], Decimal | None]:
    """Of the chosen vacancy each verdict's number, and what the shelter nights of those whom it
    fits cost in a week. One query."""
    week = Case(
        When(refundable_on__lt=today, then=F("open_stay__clock__weekly_after_dkk")),
        default=F("open_stay__clock__weekly_before_dkk"),
    )
    ranks = ranked.order_by().values(rank=F("verdict_rank"))
    found = {
        row["rank"]: (row["number"], row["week"])
        for row in ranks.annotate(number=Count("pk"), week=Sum(week))
    }
    counts = {
        verdict.value: found[rank][0] if rank in found else 0
        for verdict, rank in VERDICT_RANK.items()
    }
    _fitting, week_dkk = found.get(VERDICT_RANK[Verdict.FITS], (0, None))
    return (
        {"all": sum(counts.values()), **counts},
        week_dkk.quantize(Decimal(1)) if week_dkk else None,
    )


def _rows(
    referrals: list[HousingReferral], chosen: Vacancy, state: State, today: date
) -> list[Waiting]:
    facts = dwelling_facts(chosen)
    rows = []
    numbered = state.verdict in (None, Verdict.FITS)
    selected = state.referral or (referrals[0].reference if referrals else None)
    for place, referral in enumerate(referrals, start=1):
        found = match(referral_facts(referral), facts)
        is_numbered = numbered and found.verdict == Verdict.FITS
        rows.append(
            row_of(
                referral,
                today,
                number=place if is_numbered else None,
                match=found,
                url=state.url(vacancy=chosen.reference, referral=referral.reference),
                is_selected=referral.reference == selected,
            )
        )
    return rows


def _filters(state: State, counts: Mapping[str, int]) -> list[Filter]:
    labels = {
        None: _("All"),
        Verdict.FITS: _("Fits"),
        Verdict.WOULD_FIT_IF: _("Would fit if"),
        Verdict.DOES_NOT_FIT: _("Does not fit"),
    }
    keys = {value: key for key, value in SHOWN.items()}
    return [
        Filter(
            label,
            state.url(m=keys[verdict] if verdict else None, show=None, referral=None),
            is_current=state.verdict == verdict,
            count=counts["all"] if verdict is None else counts[verdict],
        )
        for verdict, label in labels.items()
    ]


def _empty(state: State, picks: list[VacancyRow]) -> Board:
    return Board(
        state=state,
        picks=[],
        more_vacancies_url="",
        chosen=None,
        rows=[],
        filters=[],
        counts={},
        more=0,
        more_url="",
        explained=None,
        vacant=len(picks),
        rent_so_far_dkk=Decimal(0),
        fitting_week_dkk=None,
    )
