"""The invented municipality: plausible, reproducible, and with trouble in it."""

from __future__ import annotations

from datetime import date

import pytest

from cases.citizens.models import Citizen
from cases.models import Case, SituationRecord
from crosssector.demo.load import AlreadyLoaded, Scale, load
from crosssector.models import Claim, Invoice
from housing.models import HousingReferral, Notice, Offer, RentArrears, Stay, Tenancy
from housingfirst.access.enums import Permission, Role
from housingfirst.access.models import User
from housingfirst.deadlines.models import Deadline

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)


def test_about_a_hundred_are_homeless_and_half_of_them_at_shelters() -> None:
    load(Scale.MUNICIPALITY, today=TODAY, tell=lambda _line: None)

    residents = Stay.objects.open().count()
    elsewhere = (
        SituationRecord.objects.filter(ends_on__isnull=True, case__closed_on__isnull=True)
        .exclude(situation__in=["HS3", "home"])
        .count()
    )
    assert 40 <= residents <= 54
    assert 35 <= elsewhere <= 75
    assert Notice.objects.filter(sent_at__isnull=True).exists()
    assert Offer.objects.live().count() >= 2
    assert Tenancy.objects.current().count() > 40
    assert HousingReferral.objects.waiting().count() > 25
    assert Citizen.objects.filter(protection="yes").exists()
    assert RentArrears.objects.open().filter(court_told_on__isnull=False).count() == 1
    assert Deadline.objects.open().filter(kind="eviction_decide").count() == 1
    assert Deadline.objects.open().filter(kind="complaint_reassess").count() == 1
    assert Deadline.objects.open().filter(kind="application_answer").count() == 2


def test_everyone_who_works_with_cases_sees_some() -> None:
    load(Scale.SMALL, today=TODAY, tell=lambda _line: None)

    for role, permission in (
        (Role.ADVISER, Permission.VIEW),
        (Role.SUPPORT_WORKER, Permission.VIEW),
        (Role.SHELTER_STAFF, Permission.VIEW),
        (Role.ALLOCATOR, Permission.HOUSING),
    ):
        user = User.objects.filter(memberships__role=role).earliest("pk")
        assert Case.objects.visible_to(user, permission).count() > 5, role


def test_the_same_seed_gives_the_same_people() -> None:
    load(Scale.SMALL, today=TODAY, tell=lambda _line: None)
    first = list(Citizen.objects.order_by("pk").values_list("name", "birth_date"))

    with pytest.raises(AlreadyLoaded):
        load(Scale.SMALL, today=TODAY, tell=lambda _line: None)

    assert len(first) > 60
    assert first[:3] == list(Citizen.objects.order_by("pk").values_list("name", "birth_date")[:3])


def test_last_quarter_is_locked_this_one_adjusts_it_and_an_invoice_has_errors() -> None:
    load(Scale.SMALL, today=TODAY, tell=lambda _line: None)

    locked, draft = Claim.objects.order_by("quarter_starts_on")
    assert (locked.state, locked.quarter.key) == ("locked", "2026-3")
    assert locked.drafted_by != locked.approved_by
    assert (draft.state, draft.counted_through) == ("draft", TODAY)
    adjustment = draft.lines.get(kind="adjustment")
    assert (adjustment.adjusts, adjustment.days) == (locked, -3)
    assert [why["code"] for why in adjustment.why] == ["discharged"]
    found = Invoice.objects.get().lines.filter(is_right=False).order_by("position")
    codes = sorted(one["code"] for line in found for one in line.differences)
    assert codes == ["after_discharge", "discharge_day", "discharge_day", "rate", "unknown"]
