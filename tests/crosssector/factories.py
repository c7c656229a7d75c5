"""Agreements, partners and handoffs for tests. Every value a test asserts on is named in it."""

from __future__ import annotations

from decimal import Decimal

from cases.casework.models import Case
from crosssector.handoffs import services
from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.models import Handoff, ServiceLevel
from housing.allocation.models import Offer
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Municipality, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case

BASIS = "Borgerens ansøgning"


def make_benefits_office(
    *, municipality: Municipality | None = None, name: str = "Ydelsescenter", hours: int | None = 24
) -> Unit:
    """A benefits office with an agreement on deposit loans, unless `hours` is None."""
    unit = make_unit(kind=UnitKind.BENEFITS_OFFICE, municipality=municipality, name=name)
    if hours is not None:
        make_level(unit=unit, hours=hours)
    return unit


def make_level(*, unit: Unit, hours: int = 24, working_days_only: bool = True) -> ServiceLevel:
    return ServiceLevel.objects.create(
        unit=unit,
        kind=HandoffKind.DEPOSIT_LOAN,
        hours=hours,
        working_days_only=working_days_only,
    )


def make_partner(unit: Unit, *, name: str = "") -> User:
    return make_user(Role.PARTNER, unit, name=name)


def make_handoff(
    *,
    case: Case | None = None,
    to_unit: Unit | None = None,
    amount_dkk: Decimal = Decimal("21900.00"),
    rent_dkk: Decimal | None = Decimal("4870.00"),
    income_dkk: Decimal | None = Decimal("9734.00"),
    offer: Offer | None = None,
    actor: User | None = None,
    text: str = "",
) -> Handoff:
    """A deposit loan asked for now, of a benefits office with an agreement."""
    case = case or make_case(unit=make_unit())
    return services.handoff_ask(
        case=case,
        kind=HandoffKind.DEPOSIT_LOAN,
        to_unit=to_unit or make_benefits_office(municipality=case.municipality),
        amount_dkk=amount_dkk,
        rent_dkk=rent_dkk,
        income_dkk=income_dkk,
        offer=offer,
        actor=actor,
        text=text,
        legal_basis=BASIS,
    )
