"""Before a discharge: what is lost when support is not decided, in words and kroner."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from housing.shelters.discharge import discharge_warnings
from housing.shelters.enums import Section
from housing.shelters.models import Stay
from support.methods.enums import Method, SupportSection
from tests.housing.factories import make_shelter, make_stay
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

ADMITTED = date(2026, 8, 3)
DISCHARGED = date(2026, 12, 14)


@pytest.fixture
def stay() -> Stay:
    return make_stay(admitted_on=ADMITTED)


def decide(stay: Stay, decided_on: date, monthly_cost_dkk: Decimal | None = None) -> None:
    make_decision(
        case=stay.case,
        decided_on=decided_on,
        starts_on=DISCHARGED,
        monthly_cost_dkk=monthly_cost_dkk,
    )


def said(stay: Stay, on: date = DISCHARGED) -> str:
    """What is said, with soft spaces; empty when nothing is."""
    found = discharge_warnings(stay, on)
    return " ".join(f"{w.title} {w.text}" for w in found).replace("\u00a0", " ")


def test_decided_the_day_before_nothing_is_said(stay: Stay) -> None:
    decide(stay, date(2026, 12, 13))

    assert said(stay) == ""


def test_decided_on_the_day_itself_is_too_late(stay: Stay) -> None:
    decide(stay, DISCHARGED, Decimal("12000.00"))

    warning = discharge_warnings(stay, DISCHARGED)[0]
    assert "udskrivningsdagen" in said(stay)
    assert "13. dec. 2028" in said(stay)
    assert warning.amount_dkk == Decimal("144000.00")  # 24 months of half 12,000
    assert warning.act_url == ""


def test_decided_after_is_too_late(stay: Stay) -> None:
    decide(stay, date(2026, 12, 20), Decimal("12000.00"))

    assert "efter udskrivningen" in said(stay)
    assert discharge_warnings(stay, DISCHARGED)[0].amount_dkk == Decimal("144000.00")


def test_J1_without_a_decision_it_says_what_is_lost_and_offers_the_act(stay: Stay) -> None:
    warning = discharge_warnings(stay, DISCHARGED)[0]

    assert "ikke truffet afgørelse" in said(stay)
    assert "til og med 13. dec. 2028" in said(stay)
    assert warning.severity == "over"
    assert warning.amount_dkk is None  # no cost is known
    assert warning.act_label == "Træf afgørelse nu"
    assert warning.act_url == reverse("support:decision_create", args=[stay.case.reference])


def test_general_support_is_no_decision_on_85a(stay: Stay) -> None:
    make_decision(
        case=stay.case,
        section=SupportSection.S85,
        method=Method.GENERAL,
        decided_on=date(2026, 12, 1),
    )

    assert "ikke truffet afgørelse" in said(stay)


def test_support_that_has_run_out_is_no_decision(stay: Stay) -> None:
    make_decision(
        case=stay.case,
        decided_on=date(2026, 9, 1),
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 11, 1),
    )

    assert "ikke truffet afgørelse" in said(stay)


@pytest.mark.parametrize(
    ("decided", "starts", "is_warned"),
    [
        pytest.param(date(2026, 12, 7), DISCHARGED, False, id="J4-decided-in-time"),
        pytest.param(DISCHARGED, DISCHARGED, True, id="decided-the-same-day"),
        pytest.param(date(2026, 12, 7), date(2026, 12, 17), True, id="not-directly"),
    ],
)
def test_who_moves_on_to_a_place_under_107_loses_nothing(
    stay: Stay, decided: date, starts: date, is_warned: bool
) -> None:
    make_decision(
        case=stay.case,
        section=SupportSection.S107,
        method=Method.FACILITY,
        decided_on=decided,
        starts_on=starts,
    )

    assert bool(said(stay)) is is_warned


def test_only_stays_at_110_are_asked_about() -> None:
    stay = make_stay(shelter=make_shelter(section=Section.S109), admitted_on=ADMITTED)

    assert said(stay) == ""


def test_the_window_counts_from_the_first_discharge() -> None:
    first = make_stay(admitted_on=date(2026, 1, 5), discharged_on=date(2026, 2, 1))
    again = make_stay(
        shelter=first.shelter,
        citizen=first.citizen,
        municipality=first.case.municipality,
        admitted_on=ADMITTED,
    )

    assert "til og med 31. jan. 2028" in said(again)


def test_a_window_that_is_over_gives_way_to_a_new_one() -> None:
    first = make_stay(admitted_on=date(2023, 11, 1), discharged_on=date(2023, 12, 1))
    again = make_stay(
        shelter=first.shelter,
        citizen=first.citizen,
        municipality=first.case.municipality,
        admitted_on=ADMITTED,
    )

    assert "til og med 13. dec. 2028" in said(again)
