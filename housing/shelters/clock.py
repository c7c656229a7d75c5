"""The reimbursement clock of citizens: our stays as the law's, and the rollup that lists read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction

from cases.casework.glance import has
from cases.casework.models import Case
from cases.citizens.models import Citizen
from cases.citizens.services import citizens_hold
from housing.shelters.enums import Section
from housing.shelters.models import DaysElsewhere, ReimbursementClock, Shelter, ShelterRate, Stay
from housing.shelters.models.stays import AwayJson
from housingfirst.law import reimbursement as law
from housingfirst.lawbook.selectors import choices_by_municipality, choices_of

BATCH: Final = 500
_COUNTED_FROM_STAYS: Final[list[Callable[[Collection[int], date], None]]] = []
_RUNNING: Final = "_running_clocks"


def register_counted(refresh: Callable[[Collection[int], date], None]) -> None:
    """Have something else that is counted from citizens' stays follow each change to them.

    Called with the citizens' ids and today, in the transaction of the change. From AppConfig.ready.
    """
    _COUNTED_FROM_STAYS.append(refresh)


def law_stays(stays: Iterable[Stay]) -> list[law.StaySpan]:
    """The § 110 stays among `stays` as the law reads them; each is named by its reference.

    The stays come through `StayQuerySet.for_clock`, so that this asks nothing of the database.
    """
    return [
        law.StaySpan(
            admitted_on=stay.admitted_on,
            discharged_on=stay.discharged_on,
            daily_rate_dkk=stay.daily_rate_dkk,
            resident_payment_dkk=stay.resident_payment_dkk,
            rate_periods=rate_periods(stay, listed_rates(stay)),
            absences=tuple(_away(absence) for absence in stay.nights_away),
            reference=str(stay.reference),
            registered_from=registered_from(stay.shelter),
        )
        for stay in stays
        if stay.shelter.section == Section.S110
    ]


def registered_from(shelter: Shelter) -> date | None:
    """The first day the place stood on Tilbudsportalen, None where nothing says that it did not.

    That a place has no number at all stops a claim, and changes no day of it.
    """
    return shelter.registered_from if shelter.registered_number else None


def listed_rates(stay: Stay) -> list[ShelterRate]:
    """The shelter's own prices, oldest first, not saved; the stay comes through `for_clock`."""
    return [
        ShelterRate(
            shelter=stay.shelter,
            valid_from=date.fromisoformat(listed["valid_from"]),
            daily_rate_dkk=Decimal(listed["rate"]),
            resident_payment_dkk=Decimal(listed["payment"]),
        )
        for listed in stay.listed
    ]


def rate_periods(stay: Stay, rates: Iterable[ShelterRate]) -> tuple[law.RatePeriod, ...]:
    """The shelter's later prices within the stay, if it was agreed at the price of its first day.

    A stay agreed at another price keeps that price. So does a payment that was agreed to be other
    than the shelter's own, such as nothing for one who keeps a home.
    """
    rates = sorted(rates, key=lambda rate: rate.valid_from)
    agreed = next((r for r in reversed(rates) if r.valid_from <= stay.admitted_on), None)
    if agreed is None or agreed.daily_rate_dkk != stay.daily_rate_dkk:
        return ()
    pays_as_all = agreed.resident_payment_dkk == stay.resident_payment_dkk
    return tuple(
        law.RatePeriod(
            rate.valid_from,
            rate.daily_rate_dkk,
            rate.resident_payment_dkk if pays_as_all else stay.resident_payment_dkk,
        )
        for rate in rates
        if stay.admitted_on < rate.valid_from
        and (stay.discharged_on is None or rate.valid_from < stay.discharged_on)
    )


def days_of(spans: Iterable[DaysElsewhere]) -> list[date]:
    """Every day of [starts_on, ends_on) of each span."""
    return [
        span.starts_on + timedelta(days=n)
        for span in spans
        for n in range((span.ends_on - span.starts_on).days)
    ]


def clock_of(citizen: Citizen, on: date) -> law.ReimbursementClock | None:
    """Where the citizen stands at the end of `on`; None without a single § 110 day by then.

    Counted as the municipality of the newest stay has chosen to.
    """
    rows = list(Stay.objects.filter(citizen=citizen).for_clock())
    stays = law_stays(rows)
    elsewhere = days_of(DaysElsewhere.objects.filter(citizen=citizen))
    if not any(stay.admitted_on <= on for stay in stays) and not any(d <= on for d in elsewhere):
        return None
    settings = choices_of(rows[-1].case.municipality_id).reimbursement if rows else None
    return law.clock_on(stays, elsewhere, on=on, settings=settings or law.DEFAULT_SETTINGS)


def rollups(citizen_ids: Collection[int], on: date) -> list[ReimbursementClock]:
    """The running clocks of these citizens at the end of `on`, counted and not saved."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    for stay in Stay.objects.filter(citizen__in=citizen_ids).for_clock():
        stays[stay.citizen_id].append(stay)
    elsewhere: dict[int, list[DaysElsewhere]] = defaultdict(list)
    for span in DaysElsewhere.objects.filter(citizen__in=citizen_ids):
        elsewhere[span.citizen_id].append(span)
    running = {
        citizen_id: lasting
        for citizen_id, theirs in stays.items()
        if (lasting := _running(theirs)) is not None
    }
    chosen = choices_by_municipality({stay.case.municipality_id for stay in running.values()})
    return [
        clock
        for citizen_id, stay in running.items()
        if (
            clock := _rollup(
                stay,
                stays[citizen_id],
                elsewhere[citizen_id],
                on,
                chosen[stay.case.municipality_id].reimbursement,
            )
        )
        is not None
    ]


@transaction.atomic
def clocks_refresh(citizen_ids: Collection[int], on: date) -> int:
    """Bring the rollup of these citizens up to `on`; returns how many clocks are running.

    Called in the transaction of every change to what the clock is counted from. The citizens' rows
    are locked, so that two changes at once are counted one after the other.
    """
    if not citizen_ids:
        return 0
    citizens_hold(citizen_ids)
    clocks = rollups(citizen_ids, on)
    ReimbursementClock.objects.filter(stay__citizen__in=citizen_ids).exclude(
        stay__in=[clock.stay_id for clock in clocks]
    ).delete()
    ReimbursementClock.objects.bulk_create(
        clocks,
        update_conflicts=True,
        unique_fields=["stay"],
        update_fields=[
            field.name
            for field in ReimbursementClock._meta.concrete_fields
            if field.name not in ("id", "stay")
        ],
    )
    for refresh in _COUNTED_FROM_STAYS:
        refresh(citizen_ids, on)
    return len(clocks)


def running_clock(case: Case, today: date) -> ReimbursementClock | None:
    """The clock of the citizen's running § 110 stay, with its stay; asked once for each `case`.

    One whose time to be counted anew has passed (the nightly job did not run) is counted here.
    """
    known = vars(case)
    if not has(case, "stay"):
        return None
    if _RUNNING not in known:
        known[_RUNNING] = up_to_date(
            ReimbursementClock.objects.filter(
                stay__citizen=case.citizen_id, stay__discharged_on__isnull=True
            ).select_related("stay__shelter__unit", "stay__bed__room"),
            today,
        )
    clocks: list[ReimbursementClock] = known[_RUNNING]
    return clocks[0] if clocks else None


def up_to_date(clocks: Iterable[ReimbursementClock], today: date) -> list[ReimbursementClock]:
    """The same clocks, with those counted anew that should have been. They come with their stay."""
    clocks = list(clocks)
    late = {clock.stay.citizen_id for clock in clocks if clock.recompute_on <= today}
    if not late:
        return clocks
    anew = {clock.stay_id: clock for clock in rollups(late, today)}
    return [anew.get(clock.stay_id, clock) for clock in clocks]


def clocks_rebuild(on: date) -> int:
    """Count every clock anew; returns how many run. Nightly, and after an import.

    Safe to run twice, and to stop half-way: each batch is its own transaction.
    """
    ReimbursementClock.objects.exclude(
        stay__discharged_on__isnull=True, stay__shelter__section=Section.S110
    ).delete()
    residents = list(
        Stay.objects.open()
        .filter(shelter__section=Section.S110)
        .order_by("citizen_id")
        .values_list("citizen_id", flat=True)
    )
    return sum(
        clocks_refresh(residents[at : at + BATCH], on) for at in range(0, len(residents), BATCH)
    )


def _away(absence: AwayJson) -> law.AbsenceSpan:
    ends_on = absence["ends_on"]
    return law.AbsenceSpan(
        date.fromisoformat(absence["starts_on"]),
        None if ends_on is None else date.fromisoformat(ends_on),
    )


def _running(stays: Iterable[Stay]) -> Stay | None:
    """The § 110 stay that goes on; its case's municipality is the acting one."""
    return next(
        (s for s in stays if s.discharged_on is None and s.shelter.section == Section.S110), None
    )


def _rollup(
    running: Stay,
    stays: Sequence[Stay],
    elsewhere: Sequence[DaysElsewhere],
    on: date,
    settings: law.ReimbursementSettings,
) -> ReimbursementClock | None:
    """The running stay's clock, None while no limit counts."""
    counted_on = max(on, running.admitted_on)
    clock = law.clock_on(law_stays(stays), days_of(elsewhere), on=counted_on, settings=settings)
    if (
        clock.limit is None
        or clock.last_refundable_on is None
        or clock.year_starts_on is None
        or clock.year_resets_on is None
    ):
        return None
    return ReimbursementClock(
        stay=running,
        counted_on=counted_on,
        used=clock.used,
        limit=clock.limit,
        over=clock.over,
        year_starts_on=clock.year_starts_on,
        year_resets_on=clock.year_resets_on,
        last_refundable_on=clock.last_refundable_on,
        weekly_before_dkk=clock.weekly_net_before_dkk or Decimal(0),
        weekly_after_dkk=clock.weekly_net_after_dkk or Decimal(0),
        recompute_on=clock.recompute_on or clock.year_resets_on,
    )
