"""The allocation board: vacancies left, who waits in the middle, the explained match right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.allocation import wording
from housing.allocation.affordability import affordability
from housing.allocation.enums import Benefit
from housing.allocation.models import HousingReferral
from housing.allocation.rules import Match, Verdict, match
from housing.allocation.selectors.facts import dwelling_facts, referral_facts
from housing.allocation.selectors.matching import (
    RANKED_ORDER,
    VERDICT_RANK,
    fits,
    only,
    with_areas,
    with_verdict,
)
from housing.allocation.selectors.queue import spread_of, waiting_for
from housing.allocation.selectors.rows import Waiting, row_of, with_row
from housing.supply.selectors import VacancyRow, vacancies
from housing.supply.selectors import row_of as vacancy_row
from housingfirst.access.enums import Act
from housingfirst.ui import words
from housingfirst.ui.parts import Filter

if TYPE_CHECKING:
    from housing.allocation.wording import FitLine
    from housing.supply.models import Vacancy
    from housingfirst.access.models import User

PAGE: Final = 25
MOST: Final = 500
MOST_VACANCIES: Final = 100
SHOWN: Final = {"fits": Verdict.FITS, "if": Verdict.WOULD_FIT_IF, "not": Verdict.DOES_NOT_FIT}
"""The values of `m` in the address."""


@dataclass(frozen=True, slots=True)
class State:
    """What the address says: the chosen vacancy and citizen, the filter, how many rows."""

    vacancy: UUID | None = None
    referral: UUID | None = None
    verdict: Verdict | None = None
    shown: int = PAGE
    vacancies_shown: int = PAGE

    @classmethod
    def of(cls, query: Mapping[str, str]) -> State:
        """Anything that cannot be read is as if it was not there."""
        return cls(
            vacancy=_uuid(query.get("vacancy")),
            referral=_uuid(query.get("referral")),
            verdict=SHOWN.get(query.get("m", "")),
            shown=page_size(query.get("show")),
            vacancies_shown=min(page_size(query.get("vacancies")), MOST_VACANCIES),
        )

    def url(self, **changes: Any) -> str:
        """The address with changes; None drops a key."""
        values = {
            "vacancy": self.vacancy,
            "referral": self.referral,
            "m": next((key for key, value in SHOWN.items() if value == self.verdict), None),
            "show": self.shown if self.shown != PAGE else None,
            "vacancies": self.vacancies_shown if self.vacancies_shown != PAGE else None,
            **changes,
        }
        return "?" + urlencode({key: value for key, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class VacancyPick:
    """A vacancy to choose. `fitting` counts those waiting whom it fits, None while it is held."""

    row: VacancyRow
    url: str
    is_chosen: bool
    fitting: int | None


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
    counts, fitting, week = _counts(ranked, chosen, found, today)
    shown = with_row(only(ranked, state.verdict), today)
    referrals = list(shown.order_by(*RANKED_ORDER)[: state.shown])
    rows = _rows(referrals, chosen, state, today)
    total = counts["all"] if state.verdict is None else counts[state.verdict]
    chosen_row = vacancy_row(chosen, today)
    return Board(
        state=state,
        picks=[
            VacancyPick(
                row=row,
                url=state.url(vacancy=row.vacancy.reference, referral=None, m=None, show=None),
                is_chosen=row.vacancy.pk == chosen.pk,
                fitting=None if row.is_held else fitting.get(row.vacancy.pk),
            )
            for row in picks
        ],
        more_vacancies_url=(
            state.url(vacancies=state.vacancies_shown + PAGE)
            if has_more and state.vacancies_shown < MOST_VACANCIES
            else ""
        ),
        chosen=chosen_row,
        rows=rows,
        filters=_filters(state, counts),
        counts=counts,
        more=max(total - len(rows), 0),
        more_url=state.url(show=min(state.shown + PAGE, MOST)) if len(rows) < MOST else "",
        explained=_explained(ranked, rows, chosen, state, counts, today),
        vacant=len(found),
        rent_so_far_dkk=sum((row.rent_so_far_dkk for row in picks), Decimal(0)),
        fitting_week_dkk=week,
    )


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
    ranked: QuerySet[HousingReferral], chosen: Vacancy, found: list[Vacancy], today: date
) -> tuple[dict[str, int], dict[int, int], Decimal | None]:
    """Of the chosen vacancy each verdict's number, of every vacancy how many it fits, and what
    the shelter nights of those whom the chosen one fits cost in a week. One query."""
    week = Case(
        When(refundable_on__lt=today, then=F("open_stay__clock__weekly_after_dkk")),
        default=F("open_stay__clock__weekly_before_dkk"),
    )
    asked: dict[str, Any] = {
        verdict.value: Count("pk", filter=Q(verdict_rank=rank))
        for verdict, rank in VERDICT_RANK.items()
    }
    facts = {vacancy.pk: dwelling_facts(vacancy) for vacancy in found}
    for pk, dwelling in facts.items():
        if not dwelling.is_barred:  # fits nobody: an empty condition would empty the whole answer
            asked[f"fits_{pk}"] = Count("pk", filter=fits(dwelling))
    asked["week"] = Sum(week, filter=Q(verdict_rank=VERDICT_RANK[Verdict.FITS]))
    answer = with_areas(ranked, facts.values()).aggregate(all=Count("pk"), **asked)
    counts = {key: answer[key] for key in ("all", *(verdict.value for verdict in VERDICT_RANK))}
    fitting = {pk: answer.get(f"fits_{pk}", 0) for pk in facts}
    week_dkk = answer["week"].quantize(Decimal(1)) if answer["week"] else None
    return counts, fitting, week_dkk


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


def _explained(
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


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def page_size(text: str | None) -> int:
    """How many rows the address asks for: 25 to 500."""
    if text and text.isascii() and text.isdigit() and len(text) <= 4:
        return min(max(int(text), PAGE), MOST)
    return PAGE
