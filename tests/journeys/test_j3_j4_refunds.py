"""J3 between two towns and J4 with a protected address: what the state refunds, to the øre."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.casework.models import Case
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from housing.shelters.enums import DischargeTo
from housing.shelters.models import Shelter, Stay
from housing.shelters.services import stay_discharge
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.services import tenancy_end
from housingfirst.access.enums import Role
from housingfirst.access.models import Municipality
from housingfirst.law.days import COPENHAGEN
from support.methods.enums import Method, SupportSection
from tests.access.factories import make_municipality, make_user
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.housing.homes import make_tenancy
from tests.lawbook.factories import choose
from tests.reading import read
from tests.support.factories import make_decision, make_enrolment

pytestmark = pytest.mark.django_db


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=COPENHAGEN))


def stayed(
    citizen: Citizen,
    shelter: Shelter,
    place: Municipality,
    first: date,
    left: date,
    to: DischargeTo = DischargeTo.STREET,
) -> Stay:
    """A stay as it happened: admitted on its day, discharged on its day."""
    with at(first):
        stay = make_stay(citizen=citizen, shelter=shelter, municipality=place, admitted_on=first)
    with at(left):
        stay_discharge(stay=stay, discharged_on=left, to=to, reason="Flytter", actor=None)
    return stay


def refund_page(case: Case) -> str:
    client = Client()
    client.force_login(make_user(Role.ADVISER, case.unit))
    answer = client.get(reverse("housing:reimbursement", args=[case.reference]))
    assert answer.status_code == 200
    return read(answer)


@pytest.fixture
def fjordby() -> Municipality:
    return intake_of(make_municipality(name="Fjordby"))


def test_J3_three_stays_in_two_towns(fjordby: Municipality) -> None:
    rate, citizen = Decimal("1380.00"), make_citizen(name="Aputsiaq Prøve")
    away = make_shelter(municipality=make_municipality(name="Havneborg"), daily_rate_dkk=rate)
    havnehuset = make_shelter(municipality=fjordby, name="Havnehuset", daily_rate_dkk=rate)
    stayed(citizen, away, fjordby, date(2025, 12, 10), date(2026, 1, 20))
    stayed(citizen, havnehuset, fjordby, date(2026, 3, 15), date(2026, 5, 30))
    last = stayed(
        citizen, havnehuset, fjordby, date(2026, 6, 10), date(2026, 9, 1), DischargeTo.OWN_HOME
    )

    with at(date(2026, 9, 2)):
        cautious = refund_page(last.case)
        choose(fjordby, today=date(2026, 9, 2))
        per_year = refund_page(last.case)

    assert "57.285,00" in cautious
    assert "15. marts – 31. marts" in cautious
    assert "1. april – 2. maj" in cautious  # the 90th day
    assert "76.380,00" in per_year
    assert "10. juni – 12. juni" in per_year  # the 120th


def test_J3_the_home_is_lost_and_the_support_goes_on(fjordby: Municipality) -> None:
    shelter = make_shelter(municipality=fjordby)
    stay = stayed(
        make_citizen(name="Aputsiaq Prøve"),
        shelter,
        fjordby,
        date(2026, 6, 10),
        date(2026, 9, 1),
        DischargeTo.OWN_HOME,
    )
    case = stay.case
    with at(date(2026, 9, 1)):
        lease = make_tenancy(case=case, starts_on=date(2026, 9, 1))
    decision = make_decision(
        case=case,
        method=Method.ICM,
        decided_on=date(2026, 8, 20),
        starts_on=date(2026, 9, 1),
        monthly_cost_dkk=Decimal("8400.00"),
    )
    make_enrolment(decision=decision, started_on=date(2026, 9, 1))
    with at(date(2027, 3, 15)):
        tenancy_end(
            tenancy=lease,
            ends_on=date(2027, 3, 15),
            reason=TenancyEnd.EVICTED,
            actor=make_user(Role.ADVISER, case.unit),
        )
        make_stay(citizen=stay.citizen, shelter=shelter, municipality=fjordby,
                  admitted_on=date(2027, 3, 15))  # fmt: skip
        html = refund_page(case)

    # Six months and fourteen of the 31 days from 1 March, and from the 15th the citizen is back.
    assert "27.096,77" in html
    assert "Tilbage på boform" in html
    assert "Egen bolig til 15. marts" in html


def test_J4_a_place_under_107_decided_in_time(fjordby: Municipality) -> None:
    shelter = make_shelter(municipality=fjordby, name="Kilden")
    with at(date(2026, 5, 11)):
        citizen = make_citizen(name="Kirsten Prøve", protection=Protection.UNKNOWN)
        stay = make_stay(
            citizen=citizen, shelter=shelter, municipality=fjordby, admitted_on=date(2026, 5, 11)
        )
    make_decision(
        case=stay.case,
        section=SupportSection.S107,
        method=Method.FACILITY,
        decided_on=date(2026, 6, 24),
        starts_on=date(2026, 7, 1),
        monthly_cost_dkk=Decimal("45000.00"),
    )
    with at(date(2026, 7, 1)):
        stay_discharge(
            stay=stay,
            discharged_on=date(2026, 7, 1),
            to=DischargeTo.FACILITY_107,
            reason="Flytter",
            actor=None,
        )
    with at(date(2027, 3, 1)):
        html = refund_page(stay.case)

    assert "11. maj 2026 – 30. juni 2026" in html
    assert "34.246,50" in html  # 51 nights of half 1,343.00
    assert "1. juli 2026 – 31. dec. 2026" in html
    assert "135.000,00" in html  # six months of half 45,000.00
    assert "De seks måneder er brugt" in html
    assert "Kilden" not in html
