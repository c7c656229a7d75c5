"""Residents, waits, offers, handoffs and empty homes as plain rows, for counting them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from cases.casework.models import Case
from cases.citizens.enums import Protection
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.handoffs.models import Handoff
from housing.allocation.enums import OfferStatus, PaperKind, ReferralStatus
from housing.models import (
    Area,
    Dwelling,
    Estate,
    HousingReferral,
    Offer,
    ReferralPaper,
    ReimbursementClock,
    Shelter,
    Stay,
    Vacancy,
)
from housing.shelters.enums import AcuteNeed, AdmissionRoute, Section
from housingfirst.access.enums import UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.deadlines.factories import COPENHAGEN, DAY

_numbers = count(1)


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), COPENHAGEN)


def make_resident(
    *,
    unit: Unit,
    left: int | None = 40,
    over: int = 0,
    admitted_days_ago: int = 20,
    weekly_dkk: Decimal = Decimal("9401.00"),
    protection: Protection = Protection.NO,
    shelter: Shelter | None = None,
    section: Section = Section.S110,
) -> Stay:
    """A stay that goes on. `left` days of refund, `over` days over if it is 0 and has run out.

    `left` None is a resident whom no limit counts, so without a clock.
    """
    case = make_case(unit=unit, citizen=make_citizen(protection=protection))
    shelter_unit = make_unit(kind=UnitKind.SHELTER, municipality=unit.municipality)
    stay = Stay.objects.create(
        citizen=case.citizen,
        case=case,
        shelter=shelter
        or Shelter.objects.create(unit=shelter_unit, name=shelter_unit.name, section=section),
        admitted_on=DAY - timedelta(days=admitted_days_ago),
        route=AdmissionRoute.SELF,
        need=AcuteNeed.NO_HOME,
        reason="Sov på gaden.",
        daily_rate_dkk=Decimal("1450.00"),
        resident_payment_dkk=Decimal("107.00"),
    )
    if left is not None:
        ReimbursementClock.objects.create(
            stay=stay,
            counted_on=DAY,
            used=90 + over if over else max(90 - left, 0),
            limit=90,
            over=over,
            year_starts_on=DAY - timedelta(days=200),
            year_resets_on=DAY + timedelta(days=165),
            last_refundable_on=DAY - timedelta(days=over) if over else DAY + timedelta(days=left),
            weekly_before_dkk=weekly_dkk / 2,
            weekly_after_dkk=weekly_dkk,
            recompute_on=DAY + timedelta(days=165),
        )
    return stay


def make_wait(*, case: Case, days: int, papers_missing: bool = False) -> HousingReferral:
    referral = HousingReferral.objects.create(
        case=case,
        municipality=case.municipality,
        status=ReferralStatus.WAITING,
        sent_at=at(DAY - timedelta(days=days)),
        waits_from=DAY - timedelta(days=days),
    )
    if papers_missing:
        ReferralPaper.objects.create(referral=referral, kind=PaperKind.INCOME)
    return referral


def make_vacancy(
    *,
    unit: Unit,
    rent_dkk: Decimal = Decimal("4870.00"),
    rent_from: date | None = None,
    landlord: Unit | None = None,
) -> Vacancy:
    """An open vacancy in the unit's municipality."""
    n = next(_numbers)
    estate = Estate.objects.create(
        unit=landlord or make_unit(kind=UnitKind.HOUSING, municipality=unit.municipality),
        area=Area.objects.create(municipality=unit.municipality, name=f"Område {n}"),
        name=f"Afdeling {n}",
    )
    dwelling = Dwelling.objects.create(
        estate=estate,
        number=str(n),
        address=f"Prøvevej {n}",
        rooms=2,
        size_m2=54,
        rent_dkk=rent_dkk,
        deposit_dkk=Decimal("21900.00"),
    )
    return Vacancy.objects.create(
        dwelling=dwelling,
        municipality=unit.municipality,
        reported_on=DAY - timedelta(days=30),
        available_from=DAY,
        vacancy_rent_from=rent_from,
        rent_dkk=rent_dkk,
        deposit_dkk=Decimal("21900.00"),
    )


def make_offer(
    *, referral: HousingReferral, unit: Unit, answer_by: datetime | None = None
) -> Offer:
    vacancy = make_vacancy(unit=unit)
    return Offer.objects.create(
        referral=referral,
        case=referral.case,
        vacancy=vacancy,
        dwelling=vacancy.dwelling,
        status=OfferStatus.LIVE,
        offered_at=at(DAY - timedelta(days=9)),
        offered_by=make_user(),
        answer_by=answer_by or at(DAY + timedelta(days=2)),
    )


def make_handoff(
    *,
    case: Case,
    partner: Unit,
    due_at: datetime,
    asker: User,
    answered_at: datetime | None = None,
) -> Handoff:
    """An open handoff, or one that was granted."""
    unit = case.unit
    assert unit is not None
    return Handoff.objects.create(
        case=case,
        kind=HandoffKind.DEPOSIT_LOAN,
        to_unit=partner,
        from_unit=unit,
        amount_dkk=Decimal("21900.00"),
        legal_basis="Samtykke",
        status=HandoffStatus.GRANTED if answered_at else HandoffStatus.ASKED,
        asked_at=due_at - timedelta(days=1),
        asked_by=asker,
        due_at=due_at,
        answered_at=answered_at,
        answered_by=asker if answered_at else None,
        granted_dkk=Decimal("21900.00") if answered_at else None,
    )
