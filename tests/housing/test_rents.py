"""The reduced rent: its rises are looked at 12 and 6 months before (B9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.casework.models import Case
from housing.rents.errors import HasReduction, LeaseHasEnded
from housing.rents.models import RentReduction, RentReview
from housing.rents.services import reduction_register, review_done
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housing.tenancies.services import tenancy_end
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_cases
from housingfirst.law.rent import RentSettings, Taper, rent_schedule
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.pages import queries
from tests.housing.homes import make_tenancy
from tests.lawbook.factories import choose

pytestmark = pytest.mark.django_db

START, RENT = date(2024, 2, 29), Decimal("4900.00")
TODAY = date(2026, 11, 17)


@pytest.fixture
def tenancy() -> Tenancy:
    case: Case = make_case(unit=make_unit(), opened_on=date(2023, 1, 1))
    return make_tenancy(case=case, starts_on=START)


@pytest.fixture
def adviser(tenancy: Tenancy) -> User:
    return make_user(Role.ADVISER, tenancy.case.unit)


def reduce(tenancy: Tenancy, actor: User, **values: Any) -> RentReduction:
    given: dict[str, Any] = {"starts_on": START, "full_rent_dkk": RENT, "actor": actor}
    return reduction_register(tenancy=tenancy, **given | values)


def due(tenancy: Tenancy, on: date = TODAY) -> list[date]:
    refresh_cases([tenancy.case_id], on)
    rows = Deadline.objects.open().filter(kind="rent_step", case=tenancy.case)
    return list(rows.order_by("due_on").values_list("due_on", flat=True))


def test_each_rise_is_looked_at_twice_on_the_laws_days(tenancy: Tenancy, adviser: User) -> None:
    reduce(tenancy, adviser)
    rises = rent_schedule(START, RENT).rises
    assert due(tenancy) == sorted(day for step in rises for day in step.warn_on)
    first = rises[0]
    assert first.starts_on == date(2028, 2, 29)
    assert first.warn_on == (date(2027, 2, 28), date(2027, 8, 29))
    row = RentReview.objects.order_by("due_on")[0]
    assert (row.rent_dkk, row.rise_dkk) == (first.rent_dkk, first.rise_dkk)


def test_a_look_closes_its_own_and_a_rise_that_has_been_is_not_asked_about(
    tenancy: Tenancy, adviser: User
) -> None:
    reduce(tenancy, adviser)
    all_of_them = len(due(tenancy))
    review = RentReview.objects.select_related("reduction__tenancy__case").earliest("due_on")
    review_done(review=review, done_on=TODAY, actor=adviser)
    review_done(review=review, done_on=date(2027, 1, 1), actor=adviser)
    assert len(due(tenancy)) == all_of_them - 1
    review.refresh_from_db()
    assert (review.done_on, review.done_by) == (TODAY, adviser)
    assert len(due(tenancy, date(2028, 2, 29))) == all_of_them - 2


def test_the_end_of_the_lease_closes_all(tenancy: Tenancy, adviser: User) -> None:
    reduce(tenancy, adviser)
    tenancy_end(tenancy=tenancy, ends_on=TODAY, reason=TenancyEnd.TERMINATED_TENANT, actor=adviser)
    assert due(tenancy) == []
    with pytest.raises(LeaseHasEnded):
        reduce(Tenancy.objects.get(), adviser, version=1)


def test_put_right_it_keeps_what_was_looked_at(tenancy: Tenancy, adviser: User) -> None:
    reduction = reduce(tenancy, adviser)
    review = RentReview.objects.select_related("reduction__tenancy__case").earliest("due_on")
    review_done(review=review, done_on=TODAY, actor=adviser)
    with pytest.raises(HasReduction):
        reduce(tenancy, adviser)
    reduce(tenancy, adviser, full_rent_dkk=Decimal("5000.00"), version=reduction.version)
    assert RentReview.objects.get(done_on__isnull=False).pk == review.pk
    with pytest.raises(StaleVersion):
        reduce(tenancy, adviser, version=1)
    with pytest.raises(NotPermitted):
        reduce(tenancy, make_user(Role.ADVISER), version=2)


def test_the_municipalitys_reading_moves_the_days(tenancy: Tenancy, adviser: User) -> None:
    reduce(tenancy, adviser)
    choose(tenancy.case.municipality, "rent.taper", "at_once", today=TODAY)
    chosen = rent_schedule(START, RENT, RentSettings(taper=Taper.AT_ONCE)).rises
    assert due(tenancy) == sorted(day for step in chosen for day in step.warn_on)


class TestPage:
    @pytest.fixture(autouse=True)
    def _login(self, client: Client, adviser: User) -> None:
        client.force_login(adviser)

    def url(self, tenancy: Tenancy) -> str:
        return reverse("housing:rent", args=[tenancy.reference])

    def test_registered_shown_and_looked_at(self, client: Client, tenancy: Tenancy) -> None:
        with time_machine.travel("2026-11-17 12:00+01:00", tick=False):
            lease = client.get(reverse("housing:tenancy_detail", args=[tenancy.reference]))
            assert self.url(tenancy) in lease.content.decode()
            values = {"starts_on": "29-02-2024", "full_rent_dkk": "4.900", "version": "0"}
            assert client.post(self.url(tenancy), values).status_code == 302
            html = client.get(self.url(tenancy)).content.decode()
            assert "29. feb. 2028" in html.replace("\u00a0", " ")
            review = RentReview.objects.earliest("due_on")
            done = reverse("housing:rent_reviewed", args=[tenancy.reference, review.reference])
            assert done in html
            client.post(done)
            assert done not in client.get(self.url(tenancy)).content.decode()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"starts_on": ""}, "starts_on"),
            ({"starts_on": "31-02-2026"}, "starts_on"),
            ({"full_rent_dkk": ""}, "full_rent_dkk"),
            ({"full_rent_dkk": "-1"}, "full_rent_dkk"),
            ({"full_rent_dkk": "9" * 12}, "full_rent_dkk"),
        ],
    )
    def test_bad_input(
        self, client: Client, tenancy: Tenancy, values: dict[str, str], said: str
    ) -> None:
        given = {"starts_on": "29-02-2024", "full_rent_dkk": "4.900", "version": "0"}
        response = client.post(self.url(tenancy), given | values)
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()

    def test_queries(self, client: Client, tenancy: Tenancy, adviser: User) -> None:
        reduce(tenancy, adviser)
        assert queries(client, self.url(tenancy)) <= 15
