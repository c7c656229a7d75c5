"""What making and answering an offer share.

Locks are taken in one order: case (`cases.access.require_open`), vacancy, offer, referral.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from housing.allocation.enums import (
    OfferStatus,
)
from housing.allocation.events import (
    OFFER_EXPIRED,
)
from housing.allocation.models import HousingReferral, Offer
from housing.supply.models import Vacancy
from housingfirst.base.db import save_as
from housingfirst.events.services import record
from housingfirst.law.days import copenhagen_date

if TYPE_CHECKING:
    from housingfirst.access.models import User


def locked_vacancy(pk: int) -> Vacancy:
    return (
        Vacancy.objects.select_for_update(of=("self",))
        .select_related("dwelling__estate__area")
        .get(pk=pk)
    )


def locked_offer(pk: int) -> Offer:
    return (
        Offer.objects.select_for_update(of=("self",))
        .select_related("case__citizen", "dwelling", "vacancy")
        .get(pk=pk)
    )


def locked_referral(pk: int) -> HousingReferral:
    return (
        HousingReferral.objects.select_for_update(of=("self",))
        .select_related("case__citizen")
        .get(pk=pk)
    )


def end_offer(
    offer: Offer, status: OfferStatus, actor: User | None, version: int | None = None
) -> date:
    """Write the end of the offer; returns the day."""
    now = timezone.now()
    offer.status = status
    offer.ended_at = now
    offer.ended_by = actor
    save_as(actor, offer, version=version, reason=status)
    return copenhagen_date(now)


def expire_due(now: datetime, which: Q) -> int:
    offers = list(
        Offer.objects.select_for_update(of=("self",), skip_locked=True)
        .live()
        .filter(which, answer_by__lte=now)
        .select_related("case__citizen")
    )
    for offer in offers:
        end_offer(offer, OfferStatus.EXPIRED, None)
        record(OFFER_EXPIRED, actor=None, case=offer.case, subject=offer.reference)
    return len(offers)
