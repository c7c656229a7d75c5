"""A transitional dwelling (ABL § 63): its clock, its deadline, the ordinary lease that ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housing.supply.enums import DwellingKind
from housing.supply.models import Dwelling
from housing.tenancies import services
from housing.tenancies.deadlines import TRANSITIONAL
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.errors import HasEnded, NotTransitional, OrdinaryBeforeStart
from housing.tenancies.models import Tenancy
from housing.tenancies.transitional import clock_of, tenancy_make_ordinary
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import sweep
from tests.access.factories import make_user
from tests.housing.homes import make_dwelling, make_tenancy
from tests.reading import read

pytestmark = pytest.mark.django_db

START = date(2024, 2, 29)
LAST = date(2029, 2, 27)


def transitional_dwelling() -> Dwelling:
    dwelling = make_dwelling()
    dwelling.kind = DwellingKind.TRANSITIONAL
    dwelling.save()
    return dwelling


@pytest.fixture
def tenancy() -> Tenancy:
    return make_tenancy(dwelling=transitional_dwelling(), starts_on=START)


@pytest.fixture
def adviser(tenancy: Tenancy) -> User:
    return make_user(Role.ADVISER, tenancy.case.unit)


def due(day: date) -> list[Deadline]:
    sweep(day)
    return list(Deadline.objects.open().filter(kind=TRANSITIONAL))


def test_the_law_of_the_day_the_lease_began_says_how_long(tenancy: Tenancy) -> None:
    before = make_tenancy(dwelling=transitional_dwelling(), starts_on=date(2022, 12, 31))
    ordinary = make_tenancy(starts_on=START)

    assert tenancy.support_ends_on == LAST + timedelta(days=1)
    assert before.support_ends_on == date(2024, 12, 31)
    assert ordinary.support_ends_on is None
    assert clock_of(ordinary, START) is None


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        pytest.param(START, "ok", id="runs"),
        pytest.param(date(2028, 2, 28), "ok", id="day-before-the-first-warning"),
        pytest.param(date(2028, 2, 29), "soon", id="a-year-before"),
        pytest.param(LAST, "soon", id="last-day"),
        pytest.param(LAST + timedelta(days=1), "over", id="run-out"),
    ],
)
def test_where_it_stands(tenancy: Tenancy, day: date, severity: str) -> None:
    clock = clock_of(tenancy, day)

    assert clock is not None
    assert (clock.severity, clock.may_end) == (severity, True)
    assert "5 år" in clock.why
    assert "ABL § 63" in clock.why.replace("\xa0", " ")


def test_it_warns_a_year_before_and_presses_in_the_last_month(
    tenancy: Tenancy, adviser: User
) -> None:
    (deadline,) = due(date(2028, 3, 1))

    assert (deadline.case, deadline.unit, deadline.due_on) == (
        tenancy.case, tenancy.case.unit, LAST,
    )  # fmt: skip
    assert deadline.warn_from == LAST - timedelta(days=365)
    assert deadline.now_from == LAST - timedelta(days=29)
    kind = kind_of(TRANSITIONAL)
    assert kind.ladder == (365, 182, 90, 0)
    assert "27. feb. 2029" in kind.written(kind.why, deadline.params).replace("\xa0", " ")
    assert kind.url(deadline) == reverse("housing:tenancy_detail", args=[tenancy.reference])


def test_an_ordinary_lease_ends_it(tenancy: Tenancy, adviser: User) -> None:
    assert due(START)

    tenancy_make_ordinary(tenancy=tenancy, ordinary_from=date(2027, 1, 1), actor=adviser)

    assert not Deadline.objects.open().filter(kind=TRANSITIONAL).exists()
    assert due(LAST + timedelta(days=9)) == []
    clock = clock_of(tenancy, date(2027, 1, 1))
    assert clock is not None
    assert (clock.severity, clock.may_end) == ("done", False)
    with pytest.raises(NotTransitional):
        tenancy_make_ordinary(tenancy=tenancy, ordinary_from=LAST, actor=adviser)


def test_moving_on_ends_it(tenancy: Tenancy, adviser: User) -> None:
    assert due(START)

    services.tenancy_end(
        tenancy=tenancy, ends_on=date(2026, 5, 1), reason=TenancyEnd.MOVED, actor=adviser
    )

    assert due(LAST) == []
    with pytest.raises(HasEnded):
        tenancy_make_ordinary(tenancy=tenancy, ordinary_from=LAST, actor=adviser)


def test_what_cannot_be_registered(tenancy: Tenancy, adviser: User) -> None:
    with pytest.raises(OrdinaryBeforeStart):
        tenancy_make_ordinary(
            tenancy=tenancy, ordinary_from=START - timedelta(days=1), actor=adviser
        )
    other = make_tenancy(starts_on=START)
    worker = make_user(Role.ADVISER, other.case.unit)
    with pytest.raises(NotTransitional):
        tenancy_make_ordinary(tenancy=other, ordinary_from=LAST, actor=worker)
    with pytest.raises(NotPermitted):
        tenancy_make_ordinary(
            tenancy=tenancy, ordinary_from=LAST, actor=make_user(Role.AUDITOR, tenancy.case.unit)
        )


def test_the_lease_shows_the_clock_and_takes_the_ordinary_lease(
    client: Client, tenancy: Tenancy, adviser: User
) -> None:
    client.force_login(adviser)
    page = reverse("housing:tenancy_detail", args=[tenancy.reference])
    address = reverse("housing:tenancy_ordinary", args=[tenancy.reference])

    html = read(client.get(page))
    assert "Udslusningsbolig" in html
    assert "Støtte til og med 27. feb. 2029" in html

    assert client.post(address, {"ordinary_from": ""}).status_code == 422
    early = client.post(address, {"ordinary_from": "28-02-2024"})
    assert early.status_code == 422
    assert "Skriv den dag eller en senere" in read(early)
    today = timezone.localdate()
    assert client.post(address, {"ordinary_from": today.strftime("%d-%m-%Y")}).status_code == 302

    tenancy.refresh_from_db()
    assert tenancy.ordinary_from == today
    assert "Almindeligt lejemål fra" in read(client.get(page))
