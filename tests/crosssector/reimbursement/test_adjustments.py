"""What is corrected after the lock comes in the next claim, to the øre, and names why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import translation

from cases.casework.models import Case
from crosssector.reimbursement import services
from crosssector.reimbursement.models import Claim, ClaimHold, ClaimLine
from crosssector.reimbursement.telling import adjustment_in_words
from housing.shelters import services as shelters
from housing.shelters.models import Stay
from tests.crosssector.reimbursement.factories import Q4, Place, make_place
from tests.housing.factories import make_rate
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db
Q1_2027 = Q4.ends_on


@pytest.fixture
def place() -> Place:
    return make_place(name="Fjordby")


def adjusted(claim: Claim) -> list[tuple[Any, ...]]:
    return [
        (line.starts_on, line.ends_on, line.days, line.amount_dkk, [w["code"] for w in line.why])
        for line in claim.lines.filter(kind="adjustment").order_by("position")
    ]


def correct(stay: Stay, **values: Any) -> None:
    Stay.objects.filter(pk=stay.pk).update(**values)


def test_without_a_correction_nothing_is_adjusted(place: Place) -> None:
    stay = place.stay(date(2026, 9, 1))
    place.locked()
    correct(stay, discharged_on=date(2026, 11, 1), discharge_to="street")

    assert adjusted(place.drafted(Q4)) == []


def test_a_corrected_discharge_is_taken_back_and_says_why(place: Place) -> None:
    stay = place.stay(date(2026, 9, 1), date(2026, 9, 14))
    before = place.locked()
    correct(stay, discharged_on=date(2026, 9, 11))

    claim = place.drafted(Q4)

    assert adjusted(claim) == [
        (date(2026, 9, 11), date(2026, 9, 14), -3, Decimal("-2014.50"), ["discharged"])
    ]
    line = claim.lines.get()
    assert line.adjusts == before
    with translation.override("da"):
        assert adjustment_in_words(line, today=date(2026, 11, 22)).replace("\xa0", " ") == (
            "3. kvartal 2026: udskrivningsdagen er rettet fra 14. sep. til 11. sep."
        )
    assert before.lines.get().amount_dkk == Decimal("8729.50")  # 13 days, untouched


def test_once_locked_an_adjustment_is_not_made_again(place: Place) -> None:
    stay = place.stay(date(2026, 9, 1), date(2026, 9, 14))
    place.locked()
    correct(stay, discharged_on=date(2026, 9, 11))
    place.locked(Q4)
    next_quarter = type(Q4)(Q1_2027)

    assert adjusted(place.drafted(next_quarter)) == []
    correct(stay, discharged_on=date(2026, 9, 12))
    assert adjusted(place.drafted(next_quarter)) == [
        (date(2026, 9, 11), date(2026, 9, 12), 1, Decimal("671.50"), ["discharged"])
    ]


def test_a_stay_registered_late_is_added(place: Place) -> None:
    place.locked()
    place.stay(date(2026, 9, 21), date(2026, 10, 3))

    claim = place.drafted(Q4)

    assert adjusted(claim) == [
        (date(2026, 9, 21), date(2026, 10, 1), 10, Decimal("6715.00"), ["stay_added"])
    ]
    assert claim.lines.get(kind="regular").days == 2


def test_a_stay_that_became_anothers_is_taken_back(place: Place) -> None:
    stay = place.stay(date(2026, 9, 21), date(2026, 9, 30))
    place.locked()
    other = make_place(name="Skovby").stay(date(2026, 1, 1), date(2026, 1, 2))
    correct(stay, case=other.case)

    assert adjusted(place.drafted(Q4)) == [
        (date(2026, 9, 21), date(2026, 9, 30), -9, Decimal("-6043.50"), ["stay_removed"])
    ]


def test_a_corrected_rate_changes_the_price_of_the_same_days(place: Place) -> None:
    place.stay(date(2026, 9, 1), date(2026, 9, 11))
    place.locked()
    Stay.objects.update(daily_rate_dkk=Decimal("1475.00"))

    assert adjusted(place.drafted(Q4)) == [
        (date(2026, 9, 1), date(2026, 9, 11), 0, Decimal("125.00"), ["rate"])
    ]


def test_days_elsewhere_move_the_limit_of_a_locked_quarter(place: Place) -> None:
    stay = place.stay(date(2026, 7, 1))
    place.locked()
    with time_machine.travel(date(2026, 10, 5)):
        shelters.days_elsewhere_add(
            case=Case.objects.get(pk=stay.case_id),
            starts_on=date(2026, 6, 1),
            ends_on=date(2026, 6, 11),
            source="Havneborg",
            place="",
            actor=None,
        )

    # 92 days of the quarter: 90 were refunded, now 80
    assert adjusted(place.drafted(Q4)) == [
        (date(2026, 9, 19), date(2026, 9, 29), -10, Decimal("-6715.00"), ["elsewhere"])
    ]


def test_claims_and_adjustments_add_up_to_what_is_right_to_the_oere(place: Place) -> None:
    make_rate(shelter=place.shelter, valid_from=date(2026, 8, 1), daily_rate_dkk=Decimal("1450.33"))
    stay = place.stay(date(2026, 8, 1), date(2026, 9, 14))
    place.locked()
    correct(stay, discharged_on=date(2026, 9, 11))
    place.drafted(Q4)

    total = sum(ClaimLine.objects.values_list("amount_dkk", flat=True))

    assert total == Decimal("27538.27")  # 41 days of 1,343.33, half, rounded once: 27,538.265


def test_a_stay_kept_out_asks_for_nothing_and_comes_when_it_is_lifted(place: Place) -> None:
    stay = place.stay(date(2026, 9, 1), date(2026, 9, 11))
    hold = ClaimHold.objects.create(stay=stay, reason="Takst mangler", held_by=place.hanne)
    claim = place.locked()
    line = claim.lines.get()
    assert (line.is_held, line.amount_dkk, line.net_cost_dkk) == (
        True,
        Decimal(0),
        Decimal("13430.00"),
    )
    hold.delete()

    assert adjusted(place.drafted(Q4))[0][2:4] == (10, Decimal("6715.00"))


def test_support_decided_before_the_discharge_is_claimed_apart(place: Place) -> None:
    stay = place.stay(date(2026, 4, 1), date(2026, 7, 1))
    make_decision(case=stay.case, decided_on=date(2026, 6, 20), starts_on=date(2026, 7, 1))

    claim = place.drafted()

    (line,) = claim.lines.all()
    assert (line.section, line.days, line.net_cost_dkk, line.amount_dkk) == (
        "85a",
        92,
        Decimal("36000.00"),
        Decimal("18000.00"),
    )


def test_support_decided_too_late_is_marked_and_asks_for_nothing(place: Place) -> None:
    stay = place.stay(date(2026, 4, 1), date(2026, 7, 1))
    make_decision(case=stay.case, decided_on=date(2026, 7, 2), starts_on=date(2026, 7, 2))

    claim = place.drafted()

    assert claim.lines.get().amount_dkk == 0
    assert claim.findings.get().kind == "decided_late"


def test_support_without_a_cost_must_be_mended(place: Place) -> None:
    stay = place.stay(date(2026, 4, 1), date(2026, 7, 1))
    make_decision(
        case=stay.case,
        decided_on=date(2026, 6, 20),
        starts_on=date(2026, 7, 1),
        monthly_cost_dkk=None,
    )

    assert [f.severity for f in place.drafted().findings.all()] == ["block"]


def test_support_corrected_after_the_lock_is_adjusted(place: Place) -> None:
    stay = place.stay(date(2026, 4, 1), date(2026, 7, 1))
    decision = make_decision(
        case=stay.case, decided_on=date(2026, 6, 20), starts_on=date(2026, 7, 1)
    )
    place.locked()
    type(decision).objects.update(monthly_cost_dkk=Decimal("9000.00"))

    claim = place.drafted(Q4)

    assert adjusted(claim) == [
        (date(2026, 7, 1), date(2026, 10, 1), 0, Decimal("-4500.00"), ["support"])
    ]


def test_J10_a_corrected_discharge_becomes_an_adjustment_and_not_another_claim(
    place: Place,
) -> None:
    """Nights over the limit are left out, two stays without notice are marked, two people."""
    over = place.stay(date(2026, 5, 4))
    corrected = place.stay(date(2026, 9, 1), date(2026, 9, 14))
    for _n in range(2):
        place.stay(date(2026, 9, 21), is_notified=False)
    claim = place.locked()
    kept = list(claim.lines.order_by("position").values())

    assert claim.lines.filter(case=over.case, is_refundable=False).get().days == 60
    assert [f.kind for f in claim.findings.all()] == ["notice_missing", "notice_missing"]
    correct(corrected, discharged_on=date(2026, 9, 11))
    services.claim_draft(
        municipality=place.municipality, quarter=Q4, actor=place.hanne, today=Q4.ends_on
    )

    assert list(claim.lines.order_by("position").values()) == kept
    (line,) = ClaimLine.objects.filter(kind="adjustment")
    assert (line.adjusts, line.days, line.amount_dkk) == (claim, -3, Decimal("-2014.50"))
