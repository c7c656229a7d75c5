"""What the referral's page reads: the open one, what can be filled in already, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.allocation.affordability import Affordability, affordability, highest_rent
from housing.allocation.enums import Benefit, OfferStatus, PaperKind, ReferralStatus
from housing.allocation.models import HousingReferral, Offer
from housing.shelters.models import ReimbursementClock, Stay
from housing.supply.models import Area, Vacancy
from housingfirst.access.models import User
from housingfirst.ui import words
from housingfirst.ui.parts import Step

if TYPE_CHECKING:
    from cases.models import Case

OPEN: Final = (ReferralStatus.DRAFT, ReferralStatus.WAITING)
STEP_DKK: Final = Decimal(400)
OVER: Final = timedelta(days=365)
LEAST_FOR_A_WAIT: Final = 5
"""A wait is not told from fewer people than this."""


def open_referral(case: Case) -> HousingReferral | None:
    """The draft or the waiting referral of the case, with areas and papers."""
    return (
        HousingReferral.objects.filter(case=case, status__in=OPEN)
        .select_related("sent_by", "continues", "case__citizen")
        .prefetch_related("area_wishes__area", "unfit_areas", "papers__responsible")
        .first()
    )


def last_referral(case: Case) -> HousingReferral | None:
    """The newest that was sent and is no longer open: its answers need not be typed again."""
    return (
        HousingReferral.objects.filter(case=case, sent_at__isnull=False)
        .exclude(status__in=OPEN)
        .prefetch_related("area_wishes__area", "unfit_areas", "papers__responsible")
        .order_by("-sent_at")
        .first()
    )


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
    papers = sum(data.get(f"paper_{kind.value}") == "missing" for kind in PaperKind)
    money = (data.get("rent_max_dkk") is None) + (
        data.get("benefit") in (None, "", Benefit.UNKNOWN)
    )
    return [
        Gap(_("Wishes"), 0 if data.get("wish_words") or data.get("areas") else 1),
        Gap(_("Household and home"), 0),
        Gap(_("Economy"), money),
        Gap(_("Papers"), papers),
    ]


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


def prefilled(case: Case, earlier: Mapping[str, Any] | None, sent_on: date | None) -> Prefill:
    """What the case and an earlier referral already know, and where each value is from (H8)."""
    initial: dict[str, Any] = {}
    sources: dict[str, str] = {}
    if earlier is not None and sent_on is not None:
        source = _("from the referral of %(day)s") % {
            "day": words.day(sent_on, today=date.min, weekday=False)
        }
        for name, value in earlier.items():
            if name.startswith(("paper_", "who_", "urgency")):
                continue
            initial[name] = value
            if value not in (None, "", [], False, 0):
                sources[name] = source
    wish = case.wishes.order_by("-said_on", "-pk").first()
    if wish is not None:
        initial["wish_words"] = wish.words
        sources["wish_words"] = _("from the case, said %(day)s") % {
            "day": words.day(wish.said_on, today=date.min, weekday=False)
        }
    proposed = rent_proposed(initial)
    if initial.get("rent_max_dkk") is None and proposed is not None:
        initial["rent_max_dkk"] = proposed
        sources["rent_max_dkk"] = _("worked out, can be changed")
    return Prefill(initial, sources)


@dataclass(frozen=True, slots=True)
class Prefill:
    """The form's first values, and the source of those that were filled in."""

    initial: dict[str, Any]
    sources: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What a ceiling opens: homes reported in a year, and the wait of half of those housed."""

    rent_dkk: Decimal
    homes: int
    wait: str
    is_chosen: bool


def ceilings(case: Case, data: Mapping[str, Any], today: date) -> list[Ceiling]:
    """What the highest rent means, from the municipality's own last year (B7)."""
    rent = data.get("rent_max_dkk")
    if rent is None or rent < STEP_DKK:
        return []
    steps = [rent - STEP_DKK, rent, rent + STEP_DKK]
    rooms = int(data.get("rooms_min") or 1)
    since = today - OVER
    homes = Vacancy.objects.filter(
        municipality=case.municipality_id,
        reported_on__gt=since,
        dwelling__rooms__gte=rooms,
    )
    wished = [int(pk) for pk in data.get("areas") or ()]
    if wished:
        homes = homes.filter(dwelling__estate__area__in=wished)
    counts = homes.aggregate(
        **{f"n{i}": Count("pk", filter=Q(rent_dkk__lte=step)) for i, step in enumerate(steps)}
    )
    waits = _waits(case, rooms, since)
    return [
        Ceiling(step, counts[f"n{i}"], _wait_text(waits, step), step == rent)
        for i, step in enumerate(steps)
    ]


def _waits(case: Case, rooms: int, since: date) -> list[tuple[Decimal, int]]:
    """Rent and days waited of those housed in the last year; at most a few hundred."""
    waited = ExpressionWrapper(
        TruncDate("ended_at") - F("referral__waits_from"), output_field=DurationField()
    )
    rows = (
        Offer.objects.filter(
            case__municipality=case.municipality_id,
            status=OfferStatus.ACCEPTED,
            ended_at__date__gt=since,
            dwelling__rooms__gte=rooms,
            referral__waits_from__isnull=False,
        )
        .annotate(waited=waited)
        .values_list("vacancy__rent_dkk", "waited")[:2_000]
    )
    return [(rent, span.days) for rent, span in rows]


def _wait_text(waits: Sequence[tuple[Decimal, int]], ceiling: Decimal) -> str:
    """The middle half of the waits, in weeks; a dash when too few were housed to tell."""
    days = sorted(days for rent, days in waits if rent <= ceiling)
    if len(days) < LEAST_FOR_A_WAIT:
        return "–"
    low, high = days[len(days) // 4], days[(3 * len(days)) // 4]
    return words.weeks(max(low // 7, 1), max(-(-high // 7), 1))


def clock_of(case: Case) -> ReimbursementClock | None:
    """The clock of the citizen's running stay."""
    return ReimbursementClock.objects.filter(
        stay__citizen=case.citizen_id, stay__discharged_on__isnull=True
    ).first()
