"""Two people at once: a claim is approved once, and drafted once."""

from __future__ import annotations

from datetime import date

import pytest

from crosssector.reimbursement import services
from crosssector.reimbursement.models import Claim
from crosssector.reimbursement.rules import Quarter
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from tests.access.factories import make_user
from tests.crosssector.reimbursement.factories import Q3, Q4, Place, make_place
from tests.races import at_once, behind

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place() -> Place:
    place = make_place(name="Fjordby")
    place.stay(date(2026, 9, 1), date(2026, 9, 11))
    return place


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_two_approve_at_once_and_one_is_told(place: Place) -> None:
    third = make_user(Role.TEAM_LEAD, place.team)
    claim = place.checked()

    def approve(user: User) -> None:
        services.claim_approve(claim=claim, actor=fresh(user))

    assert at_once(lambda: approve(place.helle), lambda: approve(third)) == [
        "claim_is_locked",
        "done",
    ]
    assert Claim.objects.get().state == "locked"


def test_two_draft_the_same_quarter_at_once_and_there_is_one_claim(place: Place) -> None:
    def draft(user: User) -> None:
        services.claim_draft(
            municipality=place.municipality, quarter=Q3, actor=fresh(user), today=Q3.ends_on
        )

    assert at_once(lambda: draft(place.hanne), lambda: draft(place.helle)) == ["done", "done"]
    assert Claim.objects.get().lines.count() == 1


def test_what_is_drafted_while_another_approves_finds_it_locked(place: Place) -> None:
    claim = place.checked()

    came_to = behind(
        lambda: services.claim_approve(claim=claim, actor=fresh(place.helle)),
        lambda: services.claim_draft(
            municipality=place.municipality,
            quarter=Q3,
            actor=fresh(place.hanne),
            today=Q3.ends_on,
        ),
    )

    assert came_to == "claim_is_locked"


def test_two_claims_never_adjust_the_same_twice(place: Place) -> None:
    """The first quarter of 2027 was drafted with the adjustment that the fourth is locked with."""
    place.locked()
    place.stay(date(2026, 8, 1), date(2026, 8, 11))
    first_of_2027 = Quarter(Q4.ends_on)
    later = place.checked(first_of_2027)
    place.locked(Q4)

    came_to = at_once(lambda: services.claim_approve(claim=later, actor=fresh(place.helle)))

    assert came_to == ["claim_facts_moved"]
