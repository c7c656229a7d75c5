"""J1: Mads comes to Kilden at 22:40 on a Monday and moves into his own home 133 nights later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from crosssector.handoffs.enums import HandoffKind
from crosssector.models import Handoff, ServiceLevel
from housing.models import HousingReferral, Notice, Offer, Shelter, Stay, Tenancy, Vacancy
from housing.supply.models import Dwelling
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit
from housingfirst.law.days import COPENHAGEN
from support.models import Enrolment, Phase, SupportDecision
from tests.access.factories import make_municipality, make_unit, make_user
from tests.housing.factories import make_bed, make_shelter
from tests.housing.homes import make_area, make_dwelling, make_estate, make_organisation
from tests.journeys.desk import Desk

pytestmark = pytest.mark.django_db


@dataclass(frozen=True, slots=True)
class Fjordby:
    shelter: Shelter
    dwelling: Dwelling
    night: Desk
    adviser: Desk
    allocator: Desk
    landlord: Desk
    office: Desk
    worker: Desk
    lead: Desk


@pytest.fixture
def town() -> Iterator[Fjordby]:
    """The people of the journey on the Monday it begins; Kilden takes 1,450.00 and 107.00."""
    start = datetime(2026, 8, 3, 8, tzinfo=COPENHAGEN)
    with time_machine.travel(start, tick=False) as clock:
        place = make_municipality(name="Fjordby")
        team = make_unit(municipality=place, name="Team Bolig", takes_intake=True)
        allocation = make_unit(municipality=place, kind=UnitKind.ALLOCATION)
        office = make_unit(municipality=place, kind=UnitKind.BENEFITS_OFFICE)
        ServiceLevel.objects.create(
            unit=office, kind=HandoffKind.DEPOSIT_LOAN, hours=24, working_days_only=False
        )
        shelter = make_shelter(municipality=place, name="Kilden")
        make_bed(shelter=shelter, label="101")
        landlord = make_organisation(municipality=place, name="Fjordbo")
        dwelling = make_dwelling(
            estate=make_estate(area=make_area(municipality=place), unit=landlord),
            rooms=1,
            rent_dkk=Decimal(3480),
            deposit_dkk=Decimal(17400),
        )

        def desk(role: Role, unit: Unit) -> Desk:
            return Desk(make_user(role, unit), clock)

        yield Fjordby(
            shelter=shelter,
            dwelling=dwelling,
            night=desk(Role.SHELTER_STAFF, shelter.unit),
            adviser=desk(Role.ADVISER, team),
            allocator=desk(Role.ALLOCATOR, allocation),
            landlord=desk(Role.PARTNER, landlord),
            office=desk(Role.PARTNER, office),
            worker=desk(Role.SUPPORT_WORKER, team),
            lead=desk(Role.TEAM_LEAD, team),
        )


def comes_to_kilden(town: Fjordby) -> Stay:
    """Monday at 22:40; the notice is sent in the same minute."""
    town.night.at("2026-08-03", "22.40").fills_in(
        reverse("housing:resident_list"),
        sends_to="new",
        has_no_cpr="on",
        name="Mads Prøve Lund",
        reason="Har sovet i en opgang.",
    )
    town.night.fills_in(reverse("housing:notice_list"), sends_to="/send/")
    return Stay.objects.get()


def is_referred(town: Fjordby, stay: Stay) -> HousingReferral:
    """Wednesday, with the income papers missing."""
    town.night.at("2026-08-05", "14.00").fills_in(
        reverse("housing:referral_edit", args=[stay.case.reference]),
        wish_words="Min egen dør.",
        benefit="cash",
        income_dkk="9.734",
        rent_max_dkk="4.300",
        paper_income="missing",
        act="send",
    )
    return HousingReferral.objects.get()


def gets_a_home(town: Fjordby) -> Tenancy:
    """Reported on 14 October, offered on the 15th, seen and said yes to on the 16th."""
    town.landlord.at("2026-10-14").fills_in(
        reverse("housing:vacancy_report") + f"?dwelling={town.dwelling.reference}",
        available_from="15-12-2026",
    )
    vacancy, referral = Vacancy.objects.get(), HousingReferral.objects.get()
    town.allocator.at("2026-10-15", "14.00").fills_in(
        reverse("housing:allocation_board")
        + f"?vacancy={vacancy.reference}&referral={referral.reference}",
        sends_to="offers/new",
        answer_by="20-10-2026 kl. 12.00",
        viewing_at="16-10-2026 kl. 10.00",
        ask_deposit_loan="on",
    )
    handoff = Handoff.objects.get()
    town.office.at("2026-10-16", "9.00").fills_in(
        reverse("crosssector:handoff_task", args=[handoff.reference]), sends_to="/grant/"
    )
    town.adviser.at("2026-10-16", "13.00").fills_in(
        reverse("housing:offer_detail", args=[Offer.objects.get().reference]),
        sends_to="/accept/",
        starts_on="15-12-2026",
    )
    return Tenancy.objects.get()


def gets_support(town: Fjordby, stay: Stay, decided: str) -> SupportDecision:
    """CTI by § 85 a, with the contact person he asked for."""
    town.adviser.at(decided).fills_in(
        reverse("support:decision_create", args=[stay.case.reference]),
        section="85a",
        method="cti",
        decided_on="i dag",
        starts_on="15-12-2026",
        monthly_cost_dkk="12.000",
        provider_wish="Kontaktpersonen fra Kilden",
        wish_answer="followed",
        reasons="Har brug for støtte til at etablere sig.",
    )
    decision = SupportDecision.objects.get()
    town.adviser.fills_in(
        reverse("support:enrolment_create", args=[stay.case.reference, decision.reference]),
        worker=str(town.worker.user.reference),
        phase_1_on="15-12-2026",
    )
    return decision


def plain(html: str) -> str:
    """What a reader sees: no tags, single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_first_morning(town: Fjordby) -> None:
    stay = comes_to_kilden(town)

    notice = Notice.objects.get()
    assert (notice.due_on, notice.sent_at) == (date(2026, 8, 6), stay.admitted_at)
    at_work = town.adviser.at("2026-08-04", "8.00")
    assert "Mads Prøve Lund" in plain(at_work.opens(reverse("deadlines:my_day")))
    page = plain(at_work.opens(reverse("housing:reimbursement", args=[stay.case.reference])))
    assert "dag 2 af 90 , 88 dage tilbage" in page
    assert "Sidste dag med refusion lør. 31. okt." in page
    assert "4.700,50 kr. mere (9.401 kr. i stedet for 4.700,50 kr.)" in page


def test_an_incomplete_referral_waits_from_its_day(town: Fjordby) -> None:
    stay = comes_to_kilden(town)

    referral = is_referred(town, stay)

    assert (referral.status, referral.waits_from) == ("waiting", date(2026, 8, 5))
    assert list(referral.papers.filter(received_on=None).values_list("kind", flat=True))


def test_the_loan_is_due_with_the_offer_and_answered_in_19_hours(town: Fjordby) -> None:
    stay = comes_to_kilden(town)
    is_referred(town, stay)

    tenancy = gets_a_home(town)

    handoff = Handoff.objects.get()
    offer = Offer.objects.get()
    assert handoff.due_at <= offer.answer_by
    assert handoff.answered_at is not None
    assert handoff.answered_at - handoff.asked_at == timedelta(hours=19)
    assert (handoff.status, handoff.granted_dkk) == ("granted", Decimal(17400))
    assert (offer.status, tenancy.starts_on) == ("accepted", date(2026, 12, 15))
    assert (tenancy.rent_dkk, tenancy.deposit_dkk) == (Decimal(3480), Decimal(17400))


def test_133_nights_to_the_ore(town: Fjordby) -> None:
    stay = comes_to_kilden(town)
    is_referred(town, stay)
    gets_a_home(town)
    gets_support(town, stay, "2026-11-26")

    discharge = reverse("housing:stay_discharge", args=[stay.reference])
    town.night.at("2026-12-14", "11.00")
    before = plain(town.night.opens(discharge))
    town.night.fills_in(
        discharge, discharged_on="14-12-2026", to="own_home", reason="Flytter i egen bolig."
    )

    assert "mister kommunen" not in before
    at_work = town.adviser.at("2026-12-15")
    page = plain(at_work.opens(reverse("housing:reimbursement", args=[stay.case.reference])))
    assert "60.435,00" in page
    assert "43 nætter over grænsen , 57.749 kr. netto" in page
    enrolment = Enrolment.objects.get()
    phases = Phase.objects.filter(enrolment=enrolment).order_by("starts_on")
    assert [(phase.starts_on, phase.ends_on) for phase in phases] == [
        (date(2026, 11, 26), date(2026, 12, 15)),  # before phase 1
        (date(2026, 12, 15), date(2027, 3, 15)),
        (date(2027, 3, 15), date(2027, 6, 15)),
        (date(2027, 6, 15), date(2027, 9, 15)),  # the day after the last, 14 September
    ]
    support = plain(at_work.opens(reverse("support:support_tab", args=[stay.case.reference])))
    assert "Refunderes til og med 13. dec. 2028" in support
    lead = plain(
        town.lead.at("2026-12-15").opens(reverse("cases:case_detail", args=[stay.case.reference]))
    )
    assert "Udskrevet fra boformen" in lead


def test_without_a_decision_the_shelter_reads_it_before_the_button(town: Fjordby) -> None:
    stay = comes_to_kilden(town)
    is_referred(town, stay)
    gets_a_home(town)

    page = plain(
        town.night.at("2026-12-14").opens(reverse("housing:stay_discharge", args=[stay.reference]))
    )

    assert "mister kommunen refusion af halvdelen af udgiften til og med 13. dec. 2028" in page
