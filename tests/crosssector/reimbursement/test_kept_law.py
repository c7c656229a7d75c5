"""A claim keeps the law it was computed by: other parameters later change none of its figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from crosssector.reimbursement.kept_law import settings_stored, terms_110, terms_176a
from crosssector.reimbursement.models import Claim
from crosssector.reimbursement.recompute import changed_since, recomputed
from housingfirst.law import reimbursement as law
from housingfirst.law.choices import DEFAULT_CHOICES
from housingfirst.law.support import REFUND_TABLES, RefundTables
from housingfirst.law.versions import VersionTable
from support.methods.enums import Method, SupportSection
from tests.crosssector.reimbursement.factories import Q4, Place, make_place
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

LEFT = date(2026, 7, 1)


@pytest.fixture
def place() -> Place:
    return make_place(name="Fjordby")


@pytest.fixture
def locked(place: Place) -> Claim:
    """The third quarter: a stay, § 85 a support after another, and a § 107 place after a third."""
    place.stay(date(2026, 9, 1))
    for section, method in (
        (SupportSection.S85A, Method.CTI),
        (SupportSection.S107, Method.FACILITY),
    ):
        stay = place.stay(date(2026, 6, 1), LEFT)
        make_decision(
            case=stay.case,
            section=section,
            method=method,
            decided_on=date(2026, 6, 20),
            starts_on=LEFT,
        )
    return place.locked()


def cheaper() -> tuple[RefundTables, VersionTable[law.RefundTerms]]:
    """The law as its file may be mended: a third of the cost, a shorter time, a week of days."""
    third = Decimal("0.33")
    support = [
        replace(row, value=row.value and replace(row.value, refund_share=third, window_years=1))
        for row in REFUND_TABLES.support
    ]
    facility = [
        replace(row, value=row.value and replace(row.value, refund_share=third, months=1))
        for row in REFUND_TABLES.facility
    ]
    stays = [
        replace(row, value=replace(row.value, day_limit=row.value.day_limit and 7))
        for row in law.REFUND_TERMS
    ]
    tables = RefundTables(VersionTable("R-176A-1", support), VersionTable("R-176A-2", facility))
    return tables, VersionTable(law.RULE_ID, stays)


@contextmanager
def mended() -> Iterator[None]:
    """What is drafted now is computed by the tables of `cheaper`."""
    tables, stays = cheaper()
    with (
        mock.patch("crosssector.reimbursement.kept_law.REFUND_TABLES", tables),
        mock.patch("housingfirst.law.reimbursement.REFUND_TERMS", stays),
    ):
        yield


def asked(claim: Claim) -> dict[str, Decimal]:
    rows = claim.lines.filter(kind="regular", is_refundable=True).order_by("section")
    return {line.section: line.amount_dkk for line in rows}


def test_the_parameters_are_read_as_they_were_written() -> None:
    settings = settings_stored(DEFAULT_CHOICES)
    read = terms_176a(settings)
    assert read.support.rows == REFUND_TABLES.support.rows
    assert read.facility.rows == REFUND_TABLES.facility.rows
    assert terms_110(settings).rows == law.REFUND_TERMS.rows


def test_a_locked_claim_is_the_same_when_the_parameters_are_others(
    place: Place, locked: Claim
) -> None:
    before = asked(locked)
    assert before == {
        "110": Decimal("20145.00"),
        "85a": Decimal("18000.00"),  # three months of 12,000, half of it
        "107": Decimal("18000.00"),
    }
    with mended():
        assert recomputed(locked).is_same
        assert changed_since(locked, Q4.ends_on) == []
        later = place.drafted(Q4)
        assert not later.lines.filter(kind="adjustment").exists()
        # The new claim is computed by the new parameters: 3 months of 12,000 and a third of them.
        assert asked(later)["85a"] == Decimal("11880.00")
        assert "107" not in asked(later)  # its one month was in July
    assert recomputed(later).is_same
    assert recomputed(locked).is_same


def test_a_claim_from_before_they_were_kept_is_read_by_todays(place: Place) -> None:
    settings = settings_stored(DEFAULT_CHOICES)
    del settings["terms_85a"], settings["terms_107"]
    assert terms_176a(settings) is REFUND_TABLES


def test_each_line_of_support_says_what_it_stands_on(
    client: Client, place: Place, locked: Claim
) -> None:
    client.force_login(place.hanne)
    url = reverse("crosssector:claim_detail", args=[locked.reference])
    html = client.get(f"{url}?section=85a").content.decode().replace("\u00a0", " ")
    assert "SEL § 176 a, stk. 1: 50 % i 2 år fra udskrivningen 1. juli" in html
    assert "Afgjort 20. juni, for støtte fra 1. juli" in html
