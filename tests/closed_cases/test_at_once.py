"""A case is closed in the same second as something is opened in it: one of the two comes first."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from cases.casework import services
from cases.casework.enums import CloseReason
from cases.casework.errors import CaseIsClosed, CaseStillRuns
from cases.casework.models import Case
from crosssector.handoffs import services as handoffs
from crosssector.handoffs.enums import HandoffKind
from housing.shelters.models import Stay
from housing.tenancies import services as tenancies
from housingfirst.access.enums import Role
from support.enrolments import services as enrolments
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.factories import BASIS, make_benefits_office
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_dwelling, make_referral
from tests.races import behind
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = timezone.localdate


class World:
    """A case in which nothing runs, and what is needed to begin something."""

    def __init__(self) -> None:
        unit = make_unit(takes_intake=True)
        self.place = unit.municipality
        self.case: Case = make_case(unit=unit, opened_on=TODAY() - timedelta(days=200))
        self.lead = make_user(Role.TEAM_LEAD, unit)
        self.shelter = make_shelter(municipality=self.place)
        self.office = make_benefits_office(municipality=self.place)
        self.decision = make_decision(case=self.case)
        self.dwelling = make_dwelling()

    def close(self) -> None:
        services.case_close(
            case=Case.objects.get(pk=self.case.pk),
            reason=CloseReason.HOME_HOLDS,
            closed_on=TODAY(),
            today=TODAY(),
            actor=self.lead,
            version=1,
        )

    def admit(self) -> Stay:
        return make_stay(
            shelter=self.shelter,
            citizen=self.case.citizen,
            municipality=self.place,
            admitted_on=TODAY(),
        )

    def refer(self) -> object:
        return make_referral(case=self.case, actor=self.lead)

    def enrol(self) -> object:
        return enrolments.enrolment_start(
            decision=self.decision, started_on=self.decision.starts_on, actor=self.lead
        )

    def ask(self) -> object:
        return handoffs.handoff_ask(
            case=self.case,
            kind=HandoffKind.DEPOSIT_LOAN,
            to_unit=self.office,
            amount_dkk=Decimal(1),
            actor=self.lead,
            legal_basis=BASIS,
        )

    def let(self) -> object:
        return tenancies.tenancy_start(
            case=self.case,
            dwelling=self.dwelling,
            starts_on=TODAY(),
            rent_dkk=Decimal(1),
            deposit_dkk=Decimal(1),
            actor=self.lead,
        )


@pytest.fixture
def world() -> World:
    return World()


BEGIN: dict[str, Callable[[World], object]] = {
    "a stay": World.admit,
    "a lease": World.let,
    "a referral": World.refer,
    "a course": World.enrol,
    "a handoff": World.ask,
}


@pytest.mark.parametrize("act", [act for act in BEGIN if act != "a lease"])
def test_what_was_just_begun_is_seen_by_the_closing(world: World, act: str) -> None:
    assert behind(lambda: BEGIN[act](world), world.close) == CaseStillRuns.code

    assert Case.objects.get(pk=world.case.pk).closed_on is None


@pytest.mark.parametrize("act", [act for act in BEGIN if act != "a stay"])
def test_what_comes_behind_the_closing_is_refused(world: World, act: str) -> None:
    assert behind(world.close, lambda: BEGIN[act](world)) == CaseIsClosed.code


def test_an_admission_behind_the_closing_opens_another_case(world: World) -> None:
    assert behind(world.close, world.admit) == "done"

    stay = Stay.objects.get()
    assert stay.case != world.case
    assert stay.case.closed_on is None


def test_an_admission_behind_an_intake_goes_into_its_case(world: World) -> None:
    citizen = make_citizen()

    def take_in() -> Case:
        return make_case(unit=world.lead.home_unit, citizen=citizen)

    def admit() -> None:
        make_stay(
            shelter=world.shelter, citizen=citizen, municipality=world.place, admitted_on=TODAY()
        )

    assert behind(take_in, admit) == "done"

    assert Stay.objects.get().case == citizen.cases.get()
