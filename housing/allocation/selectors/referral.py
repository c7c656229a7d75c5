"""What the referral's page reads: the open one, what can be filled in already, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    DurationField,
    ExpressionWrapper,
    F,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case
from housing.allocation.affordability import Affordability, affordability, highest_rent
from housing.allocation.enums import (
    ALWAYS_NEEDED,
    Benefit,
    OfferStatus,
    PaperKind,
    ReferralStatus,
)
from housing.allocation.models import HousingReferral, Offer, ReferralPaper
from housing.allocation.selectors.matching import with_order
from housing.allocation.selectors.rows import days_left, refund_days, with_area_lists
from housing.shelters.models import ReimbursementClock, Stay
from housing.supply.models import Area, Vacancy
from housingfirst.access.models import User
from housingfirst.ui import words
from housingfirst.ui.parts import Step

OPEN: Final = (ReferralStatus.DRAFT, ReferralStatus.WAITING)
STEP_DKK: Final = Decimal(400)
OVER: Final = timedelta(days=365)
LEAST_FOR_A_WAIT: Final = 5
"""A wait is not told from fewer people than this."""
LOOKED_AT: Final = 2_000
"""At most so many homes and so many waits are looked at."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the case knows when the page is opened: the open referral, else the last that was sent.

    `days_left` are refund days after today, below 0 over the limit, None without a running stay.
    """

    referral: HousingReferral | None
    earlier: HousingReferral | None
    days_left: int | None
    wish_words: str = ""
    wish_on: date | None = None


def known_of(case: Case, today: date) -> Known:
    """In two queries and one for the papers."""
    referral = open_referral(case, today)
    if referral is not None:
        return Known(referral, None, days_left(referral, today))
    wishes = case.wishes.order_by("-said_on", "-pk")
    clock = ReimbursementClock.objects.filter(
        stay__citizen=case.citizen_id, stay__discharged_on__isnull=True
    )
    found = Case.objects.filter(pk=case.pk).values_list(
        Subquery(wishes.values("words")[:1]),
        Subquery(wishes.values("said_on")[:1]),
        Subquery(clock.values("last_refundable_on")[:1]),
        Subquery(clock.values("over")[:1]),
        Subquery(clock.values("counted_on")[:1]),
    )
    words_said, said_on, last, over, counted_on = found.get()
    return Known(
        None,
        last_referral(case),
        refund_days(last, over, counted_on, today),
        words_said or "",
        said_on,
    )


def open_referral(case: Case, today: date) -> HousingReferral | None:
    """The draft or the waiting referral of the case, with areas, papers and the clock."""
    rows = with_area_lists(HousingReferral.objects.filter(case=case, status__in=OPEN))
    papers = ReferralPaper.objects.select_related("responsible")
    return (
        with_order(rows, today)
        .select_related("sent_by", "case__citizen")
        .prefetch_related(Prefetch("papers", papers))
        .first()
    )


def last_referral(case: Case) -> HousingReferral | None:
    """The newest that was sent and is no longer open: its answers need not be typed again."""
    rows = HousingReferral.objects.filter(case=case, sent_at__isnull=False).exclude(status__in=OPEN)
    return with_area_lists(rows).order_by("-sent_at").first()


def areas_of(case: Case) -> list[Area]:
    return list(Area.objects.filter(municipality=case.municipality_id).order_by("name", "pk"))


def people_for(
    case: Case, actor: User, referral: HousingReferral | None, today: date
) -> list[User]:
    """Who may get a paper: the actor's unit, the responsible unit, and the shelter's people."""
    shelters = Stay.objects.open().filter(citizen=case.citizen_id).values("shelter__unit")
    units = Q(memberships__unit__in=shelters)
    for unit in (case.unit, actor.home_unit):
        if unit is not None:
            units |= Q(memberships__unit=unit)
    named = [paper.responsible_id for paper in referral.papers.all()] if referral else []
    now = Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gt=today)
    return list(
        User.objects.filter(units & now & Q(memberships__valid_from__lte=today), is_active=True)
        .union(User.objects.filter(pk__in=[pk for pk in named if pk]))
        .order_by("name")
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """One section of the form, and how much is missing in it."""

    label: str
    missing: int


def gaps_of(data: Mapping[str, Any]) -> list[Gap]:
    """The sections with what they lack; `data` has the form's names (initial or cleaned)."""
    papers = sum(_is_missing(kind, data.get(f"paper_{kind.value}")) for kind in PaperKind)
    money = (data.get("rent_max_dkk") is None) + (
        data.get("benefit") in (None, "", Benefit.UNKNOWN)
    )
    return [
        Gap(_("Wishes"), 0 if data.get("wish_words") or data.get("areas") else 1),
        Gap(_("Household and home"), 0),
        Gap(_("Economy"), money),
        Gap(_("Papers"), papers),
    ]


def _is_missing(kind: PaperKind, state: Any) -> bool:
    return state == "missing" or (kind in ALWAYS_NEEDED and not state)


def gap_steps(gaps: Sequence[Gap]) -> list[Step]:
    """The checklist beside the form."""
    return [
        Step(
            gap.label,
            "done" if not gap.missing else "soon",
            ngettext("%(n)d missing", "%(n)d missing", gap.missing) % {"n": gap.missing}
            if gap.missing
            else "",
        )
        for gap in gaps
    ]


def left_over(data: Mapping[str, Any]) -> Affordability | None:
    """What the highest rent leaves to live on; None while income or rent is unknown."""
    income, rent = data.get("income_dkk"), data.get("rent_max_dkk")
    if income is None or rent is None:
        return None
    return affordability(income_dkk=income, rent_dkk=rent, **_household(data))


def rent_proposed(data: Mapping[str, Any]) -> Decimal | None:
    """The rent that the income carries; None while the income is unknown."""
    income = data.get("income_dkk")
    return None if income is None else highest_rent(income_dkk=income, **_household(data))


def _household(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "benefit": Benefit(data.get("benefit") or Benefit.UNKNOWN),
        "adults": data.get("adults") or 1,
        "children": data.get("children") or 0,
    }


@dataclass(frozen=True, slots=True)
class Prefill:
    """The form's first values, and the source of those that were filled in."""

    initial: dict[str, Any]
    sources: dict[str, str]


def prefilled(known: Known, earlier: Mapping[str, Any], today: date) -> Prefill:
    """What the case and an earlier referral already know, and where each value is from (H8).

    `earlier` has the form's values of `known.earlier`; its papers and urgency are asked anew.
    """
    initial: dict[str, Any] = {}
    sources: dict[str, str] = {}
    if known.earlier is not None and known.earlier.sent_at is not None:
        source = _("from the referral of %(day)s") % {"day": _day(known.earlier.sent_at, today)}
        for name, value in earlier.items():
            if name.startswith(("paper_", "who_", "urgency")):
                continue
            initial[name] = value
            if value not in (None, "", [], False, 0):
                sources[name] = source
    if known.wish_on is not None:
        initial["wish_words"] = known.wish_words
        sources["wish_words"] = _("from the case, said %(day)s") % {
            "day": _day(known.wish_on, today)
        }
    proposed = rent_proposed(initial)
    if initial.get("rent_max_dkk") is None and proposed is not None:
        initial["rent_max_dkk"] = proposed
        sources["rent_max_dkk"] = _("worked out, can be changed")
    return Prefill(initial, sources)


def _day(on: date | datetime, today: date) -> str:
    if isinstance(on, datetime):
        on = timezone.localtime(on).date()
    return words.day(on, today=today, weekday=False)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a ceiling opens: homes reported in a year, and the wait of half of those housed."""

    rent_dkk: Decimal
    homes: int
    wait: str
    is_chosen: bool


def ceilings(case: Case, data: Mapping[str, Any], today: date) -> list[Ceiling]:
    """What the highest rent means, from the municipality's own last year (B7). One query."""
    rent = data.get("rent_max_dkk")
    if rent is None or rent < STEP_DKK:
        return []
    rooms = int(data.get("rooms_min") or 1)
    since = today - OVER
    homes = Vacancy.objects.filter(
        municipality=case.municipality_id, reported_on__gt=since, dwelling__rooms__gte=rooms
    )
    wished = [int(pk) for pk in data.get("areas") or ()]
    if wished:
        homes = homes.filter(dwelling__estate__area__in=wished)
    reported = homes.values_list("rent_dkk", Value(None, output_field=DurationField()))
    found = list(reported[:LOOKED_AT].union(_waits(case, rooms, since)[:LOOKED_AT], all=True))
    rents = [row_rent for row_rent, waited in found if waited is None]
    waits = [(row_rent, waited.days) for row_rent, waited in found if waited is not None]
    return [
        Ceiling(step, sum(one <= step for one in rents), _wait_text(waits, step), step == rent)
        for step in (rent - STEP_DKK, rent, rent + STEP_DKK)
    ]


def _waits(case: Case, rooms: int, since: date) -> QuerySet[Offer, Any]:
    """Rent and time waited of those housed in the last year."""
    waited = ExpressionWrapper(
        TruncDate("ended_at") - F("referral__waits_from"), output_field=DurationField()
    )
    return Offer.objects.filter(
        case__municipality=case.municipality_id,
        status=OfferStatus.ACCEPTED,
        ended_at__date__gt=since,
        dwelling__rooms__gte=rooms,
        referral__waits_from__isnull=False,
    ).values_list("vacancy__rent_dkk", waited)


def _wait_text(waits: Sequence[tuple[Decimal, int]], ceiling: Decimal) -> str:
    """The middle half of the waits, in weeks; a dash when too few were housed to tell."""
    days = sorted(days for rent, days in waits if rent <= ceiling)
    if len(days) < LEAST_FOR_A_WAIT:
        return "–"
    low, high = days[len(days) // 4], days[(3 * len(days)) // 4]
    return words.weeks(max(low // 7, 1), max(-(-high // 7), 1))
