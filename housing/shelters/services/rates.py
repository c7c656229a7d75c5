"""What a day at the shelter costs, from which day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from housing.shelters.access import require_at
from housing.shelters.clock import clocks_refresh
from housing.shelters.errors import PaymentAboveRate, RateBeforeHistory, RateHolds, RateTaken
from housing.shelters.events import RATE_REMOVED, RATE_SET
from housing.shelters.models import Shelter, ShelterRate, Stay
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as
from housingfirst.events.services import record
from housingfirst.ui import words

REFUSALS = {
    "housing_rate_one_per_day": RateTaken,
    "housing_rate_payment_within_rate": PaymentAboveRate,
}


@transaction.atomic
def rate_add(
    *,
    shelter: Shelter,
    valid_from: date,
    daily_rate_dkk: Decimal,
    resident_payment_dkk: Decimal,
    today: date,
    actor: User | None,
) -> ShelterRate:
    """A new price from `valid_from` on, for admissions and for stays at the usual one.

    The day may have passed, but not be before the rate that holds today. Raises RateTaken,
    RateBeforeHistory, PaymentAboveRate.
    """
    _locked(shelter, actor)
    holds = shelter.rates.filter(valid_from__lte=today).order_by("-valid_from").first()
    if holds is not None and valid_from < holds.valid_from:
        raise RateBeforeHistory(day=words.day_as_typed(holds.valid_from))
    rate = ShelterRate(
        shelter=shelter,
        valid_from=valid_from,
        daily_rate_dkk=daily_rate_dkk,
        resident_payment_dkk=resident_payment_dkk,
        registered_by=actor,
    )
    with constraint_as(REFUSALS):
        rate.save()
    _recount(shelter, today)
    record(
        RATE_SET,
        actor=actor,
        subject=shelter.reference,
        valid_from=valid_from,
        daily_rate_dkk=daily_rate_dkk,
        resident_payment_dkk=resident_payment_dkk,
    )
    return rate


@transaction.atomic
def rate_remove(*, shelter: Shelter, valid_from: date, today: date, actor: User | None) -> None:
    """Take back a price that has not come into force, or was registered today. Raises RateHolds.

    One that is gone already is gone.
    """
    _locked(shelter, actor)
    rate = shelter.rates.filter(valid_from=valid_from).first()
    if rate is None:
        return
    if not rate.may_be_removed(today):
        raise RateHolds
    rate.delete()
    _recount(shelter, today)
    record(RATE_REMOVED, actor=actor, subject=shelter.reference, valid_from=valid_from)


def _locked(shelter: Shelter, actor: User | None) -> None:
    """The right is asked, and changes of one shelter's prices wait for each other."""
    require_at(actor, shelter, Act.RATE_WRITE)
    Shelter.objects.select_for_update(of=("self",)).get(pk=shelter.pk)


def _recount(shelter: Shelter, today: date) -> None:
    """What each week costs stands in the clocks of those who stay there."""
    residents = Stay.objects.open().filter(shelter=shelter)
    clocks_refresh(list(residents.values_list("citizen_id", flat=True)), today)
