"""Writes about tenancies. None of them touches anybody's support (H3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from cases.access import require_on
from cases.casework.enums import Situation, Source
from cases.casework.situations import situation_begin, situation_end
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.errors import CitizenHasHome, DwellingHasTenant, EndsBeforeStart, HasEnded
from housing.tenancies.events import TENANCY_ENDED, TENANCY_KEYS, TENANCY_SIGNED, TENANCY_STARTED
from housing.tenancies.models import Tenancy
from housing.tenancies.transitional import support_ends_on
from housingfirst.access.enums import Act
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record
from housingfirst.ui import words

if TYPE_CHECKING:
    from cases.models import Case
    from housing.allocation.models import Offer
    from housing.supply.models import Dwelling
    from housingfirst.access.models import User


@transaction.atomic
def tenancy_start(
    *,
    case: Case,
    dwelling: Dwelling,
    starts_on: date,
    rent_dkk: Decimal,
    deposit_dkk: Decimal,
    actor: User | None,
    offer: Offer | None = None,
) -> Tenancy:
    """The citizen's lease of the dwelling from `starts_on`; they sleep at home from that day.

    With `offer` the right was asked by `offer_accept`. Raises DwellingHasTenant, CitizenHasHome.
    """
    if actor is not None and offer is None:
        require_on(actor, case, Act.TENANCY_WRITE)
    tenancy = Tenancy(
        case=case,
        dwelling=dwelling,
        offer=offer,
        starts_on=starts_on,
        rent_dkk=rent_dkk,
        deposit_dkk=deposit_dkk,
        support_ends_on=support_ends_on(dwelling, starts_on),
    )
    with constraint_as(
        {
            "housing_tenancy_dwelling_once_at_a_time": DwellingHasTenant,
            "housing_tenancy_case_once_at_a_time": CitizenHasHome,
        }
    ):
        save_as(actor, tenancy)
    situation_begin(
        case=case,
        situation=Situation.HOUSED,
        starts_on=starts_on,
        source=Source.TENANCY,
        actor=actor,
    )
    record(
        TENANCY_STARTED,
        actor=actor,
        case=case,
        subject=tenancy.reference,
        starts_on=starts_on,
        place=dwelling.address,
    )
    return tenancy


@transaction.atomic
def tenancy_register(
    *,
    tenancy: Tenancy,
    signed_on: date | None,
    keys_on: date | None,
    actor: User,
    version: int | None = None,
) -> None:
    """When the lease was signed and the keys handed over; None is not yet.

    Raises HasEnded, StaleVersion.
    """
    require_on(actor, tenancy.case, Act.TENANCY_WRITE, also_closed=True)
    if tenancy.ends_on is not None:
        raise HasEnded(day=words.day_as_typed(tenancy.ends_on))
    news = []
    if signed_on and tenancy.signed_on is None:
        news.append(TENANCY_SIGNED)
    if keys_on and tenancy.keys_on is None:
        news.append(TENANCY_KEYS)
    tenancy.signed_on = signed_on
    tenancy.keys_on = keys_on
    save_as(actor, tenancy, version=version)
    for kind in news:
        record(kind, actor=actor, case=tenancy.case, subject=tenancy.reference)


@transaction.atomic
def tenancy_end(
    *,
    tenancy: Tenancy,
    ends_on: date,
    reason: TenancyEnd,
    actor: User,
    version: int | None = None,
) -> None:
    """The lease ends: its last night is the one before `ends_on`. Support goes on (H3).

    Where the citizen sleeps then is not known from this. A new referral keeps the wait of the
    last one (`allocation.services.referral_again`). Raises HasEnded, EndsBeforeStart.
    """
    require_on(actor, tenancy.case, Act.TENANCY_WRITE, also_closed=True)
    if tenancy.ends_on is not None:
        raise HasEnded(day=words.day_as_typed(tenancy.ends_on))
    if ends_on < tenancy.starts_on:
        raise EndsBeforeStart(day=words.day_as_typed(tenancy.starts_on))
    tenancy.ends_on = ends_on
    tenancy.end_reason = reason
    save_as(actor, tenancy, version=version, reason=reason)
    if _sleeps_at_home(tenancy.case, ends_on):
        situation_end(case=tenancy.case, ends_on=ends_on, actor=actor)
    record(
        TENANCY_ENDED,
        actor=actor,
        case=tenancy.case,
        subject=tenancy.reference,
        reason=reason,
        ends_on=ends_on,
    )


def _sleeps_at_home(case: Case, on: date) -> bool:
    """Whether "own home" is what is registered for `on`, and not already a later place."""
    return case.situations.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), situation=Situation.HOUSED, starts_on__lte=on
    ).exists()
