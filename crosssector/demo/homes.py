"""A home found: the offer that was accepted, the lease, and sometimes its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from cases.casework.enums import Situation, Source
from crosssector.demo.market import loan, offer_to, vacancy_for
from crosssector.demo.referrals import refer
from crosssector.demo.rows import at
from crosssector.demo.support import support
from housing.allocation.enums import (
    OfferStatus,
    ReferralStatus,
)
from housing.models import (
    Stay,
    Tenancy,
)
from housing.supply.enums import DwellingKind
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.transitional import support_ends_on

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person


DAY = timedelta(days=1)


def find_home(lives: Lives, person: Person, stay: Stay, admitted: date, discharged: date) -> bool:
    """The accepted offer behind a discharge to an own home, and the support that follows.

    False when there is no dwelling left to find.
    """
    rows, town = lives.rows, lives.town
    if not town.free_dwellings:
        return False
    accepted = discharged - rows.days(12, 30)
    offered = accepted - rows.days(1, 3)
    referral = refer(lives, person, admitted + rows.days(2, 20), stay.registered_by)
    assert referral.waits_from is not None
    offered = max(offered, referral.waits_from)
    accepted = max(accepted, offered)
    dwelling = town.free_dwellings.pop()
    vacancy = vacancy_for(lives, dwelling, offered - rows.days(1, 9), closed=accepted)
    others = [
        p
        for p in lives.people[-60:]
        if p.referral is not None
        and p is not person
        and p.referral.waits_from is not None
        and p.referral.waits_from <= vacancy.reported_on
    ]
    if others and rows.chance(0.35):
        lost = OfferStatus.DECLINED if rows.chance(0.7) else OfferStatus.EXPIRED
        first = rows.random.choice(others)
        offer_to(lives, first, vacancy, vacancy.reported_on, lost, vacancy.reported_on + 2 * DAY)
    offer = offer_to(lives, person, vacancy, offered, OfferStatus.ACCEPTED, accepted)
    loan(lives, person, offer, answered=True)
    start = discharged + DAY
    referral.status, referral.ended_on = ReferralStatus.HOUSED, accepted
    person.referral = None
    tenancy = rows.add(
        Tenancy(
            case=person.case,
            dwelling=dwelling,
            offer=offer,
            starts_on=start,
            signed_on=accepted + 3 * DAY,
            keys_on=start if start <= rows.today else None,
            rent_dkk=vacancy.rent_dkk,
            deposit_dkk=vacancy.deposit_dkk,
        )
    )
    person.tenancy = tenancy
    rows.event("tenancy.started", person.case, at(accepted, 14), person.adviser, tenancy.reference)
    lives.sleeps(person, Situation.HOUSED, start, Source.TENANCY)
    end = start + rows.days(60, 330)
    if rows.chance(0.14) and end < rows.today:
        tenancy.ends_on, tenancy.end_reason = end, TenancyEnd.TERMINATED_LANDLORD
        rows.event("tenancy.ended", person.case, at(end, 12), person.adviser, tenancy.reference)
        lives.sleeps(person, Situation.SOFA, end, Source.WORKER)
        person.tenancy, person.free_from = None, end + rows.days(3, 40)
    support(lives, person, discharged, start)
    return True


def transitional_homes(lives: Lives) -> None:
    """Two of those who were housed live in a transitional dwelling (ABL § 63)."""
    housed = [person for person in lives.people if person.tenancy is not None]
    for person in housed[:2]:
        tenancy = person.tenancy
        assert tenancy is not None  # those without were left out
        tenancy.dwelling.kind = DwellingKind.TRANSITIONAL
        tenancy.support_ends_on = support_ends_on(tenancy.dwelling, tenancy.starts_on)
