"""J5: Fjordbo's two-room flat, a no, a silence and a yes; and two allocators in one second."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from housing.allocation.enums import Benefit, OfferStatus
from housing.allocation.jobs import offers_expire
from housing.allocation.services import ReferralValues
from housing.models import HousingReferral, Offer, Tenancy, Vacancy
from housing.supply.models import Dwelling
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.forms import forms_of
from tests.housing.homes import (
    make_area,
    make_dwelling,
    make_estate,
    make_organisation,
    make_referral,
)
from tests.journeys.desk import Desk
from tests.reading import read

pytestmark = pytest.mark.django_db

WAIT_FROM = {"Ida": date(2026, 6, 1), "Bo": date(2026, 7, 1), "Cilla": date(2026, 8, 1)}
"""Those whom the flat fits, in their order."""
POOR = "Dan"
"""Waits longest; can pay 4,738.00, which is 212 kr. less than the flat's rent."""


@dataclass(frozen=True, slots=True)
class Fjordby:
    dwelling: Dwelling
    landlord: Desk
    adviser: Desk
    peter: Desk
    vibeke: Desk


@pytest.fixture
def town() -> Iterator[Fjordby]:
    start = datetime(2026, 10, 1, 8, tzinfo=COPENHAGEN)
    with time_machine.travel(start, tick=False) as clock:
        place = make_municipality(name="Fjordby")
        team = make_unit(municipality=place, name="Team Bolig")
        allocation = make_unit(municipality=place, kind=UnitKind.ALLOCATION)
        landlord = make_organisation(municipality=place, name="Fjordbo")
        area = make_area(municipality=place, name="Havnen")
        for name, since in {POOR: date(2026, 5, 1), **WAIT_FROM}.items():
            make_referral(
                case=make_case(unit=team, citizen=make_citizen(name=f"{name} Prøve")),
                values=ReferralValues(
                    rooms_min=2,
                    benefit=Benefit.SENIOR_PENSION,
                    income_dkk=Decimal(11_870),
                    rent_max_dkk=Decimal(4_738 if name == POOR else 5_100),
                ),
                waits_from=since,
            )

        def desk(role: Role, unit: Unit, name: str) -> Desk:
            return Desk(make_user(role, unit, name=name), clock)

        yield Fjordby(
            dwelling=make_dwelling(
                estate=make_estate(area=area, unit=landlord), rooms=2, rent_dkk=Decimal(4_950)
            ),
            landlord=desk(Role.PARTNER, landlord, "Finn Fjordbo"),
            adviser=desk(Role.ADVISER, team, "Line Aagaard"),
            peter=desk(Role.ALLOCATOR, allocation, "Peter Holm"),
            vibeke=desk(Role.ALLOCATOR, allocation, "Vibeke Sand"),
        )


def is_reported(town: Fjordby) -> Vacancy:
    """On 1 October, vacant from the 1st, with vacancy rent from the same day."""
    town.landlord.at("2026-10-01").fills_in(
        reverse("housing:vacancy_report") + f"?dwelling={town.dwelling.reference}",
        available_from="1-10-2026",
        vacancy_rent_from="1-10-2026",
    )
    return Vacancy.objects.get()


def waiting(name: str) -> HousingReferral:
    return HousingReferral.objects.get(case__citizen__name=f"{name} Prøve")


def board(vacancy: Vacancy, name: str = "") -> str:
    address = f"{reverse('housing:allocation_board')}?vacancy={vacancy.reference}"
    return f"{address}&referral={waiting(name).reference}" if name else address


def is_offered(town: Fjordby, day: str, name: str, why_not_first: str = "") -> Offer:
    """At nine, to be answered by noon the next day."""
    vacancy = Vacancy.objects.get()
    town.peter.at(day).fills_in(
        board(vacancy, name),
        sends_to="offers/new",
        answer_by=f"{int(day[-2:]) + 1}-10-2026 kl. 12.00",
        **({"why_not_first": why_not_first} if why_not_first else {}),
    )
    return Offer.objects.get(referral=waiting(name))


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_three_fit_and_the_fourth_lacks_212_kroner(town: Fjordby) -> None:
    vacancy = is_reported(town)

    page = plain(town.peter.at("2026-10-02").opens(board(vacancy)))
    of_poor = plain(town.peter.opens(board(vacancy, POOR)))

    assert [name for name in ("Ida", "Bo", "Cilla", POOR) if f"{name} Prøve" in page] == [
        "Ida",
        "Bo",
        "Cilla",
        POOR,
    ]
    assert page.index("Ida Prøve") < page.index("Bo Prøve") < page.index("Cilla Prøve")
    assert "212 kr." in of_poor
    assert "huslejenedsættelse" in of_poor.lower()


def test_a_no_a_silence_and_a_yes(town: Fjordby) -> None:
    is_reported(town)

    first = is_offered(town, "2026-10-02", "Ida")
    town.adviser.at("2026-10-02", "15.00").fills_in(
        reverse("housing:offer_detail", args=[first.reference]),
        sends_to="/decline/",
        answer="citizen:area",
        remark="Tættere på sønnen",
    )
    second = is_offered(town, "2026-10-05", "Bo", "Ida har sagt nej til den")
    town.vibeke.at("2026-10-06", "12.01")
    offers_expire()
    third = is_offered(town, "2026-10-06", "Cilla", "Nej fra den første, intet svar fra den anden")
    town.adviser.at("2026-10-07", "9.00").fills_in(
        reverse("housing:offer_detail", args=[third.reference]),
        sends_to="/accept/",
        starts_on="15-10-2026",
    )

    answers = Offer.objects.order_by("pk").values_list("status", flat=True)
    assert list(answers) == [OfferStatus.DECLINED, OfferStatus.EXPIRED, OfferStatus.ACCEPTED]
    assert second.referral == waiting("Bo")
    for name, since in {POOR: date(2026, 5, 1), **WAIT_FROM}.items():
        expected = ("housed" if name == "Cilla" else "waiting", since)
        assert (waiting(name).status, waiting(name).waits_from) == expected
    tenancy = Tenancy.objects.get()
    assert (tenancy.rent_dkk, tenancy.starts_on) == (Decimal(4_950), date(2026, 10, 15))
    of_ida = plain(town.adviser.opens(reverse("housing:housing_tab", args=[first.case.reference])))
    assert "Tættere på sønnen" in of_ida
    told = plain(town.landlord.at("2026-10-07").opens(reverse("housing:vacancy_list")))
    assert "Udlejet fra 15. okt." in told
    left = plain(town.peter.at("2026-10-07").opens(reverse("housing:allocation_board")))
    assert town.dwelling.address not in left


def test_of_two_in_the_same_second_one_reads_who_was_first(town: Fjordby) -> None:
    vacancy = is_reported(town)
    town.vibeke.at("2026-10-02")
    address = board(vacancy, "Bo")
    (form,) = (
        form
        for form in forms_of(address, town.vibeke.client.get(address).content.decode())
        if "offers/new" in form.action
    )

    is_offered(town, "2026-10-02", "Ida")
    answer = town.vibeke.client.post(form.action, form.values | {"why_not_first": "Bo haster"})

    assert answer.status_code in {409, 422}
    page = plain(read(answer))
    assert "Peter Holm" in page
    assert "Bo haster" in page
    assert Offer.objects.get().offered_by == town.peter.user
