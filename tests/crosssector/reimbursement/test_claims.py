"""A quarter's claim: the citizen's own lines, two people, and a lock that the database keeps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from crosssector.reimbursement import services
from crosssector.reimbursement.enums import ClaimState
from crosssector.reimbursement.errors import (
    ClaimHasBlocks,
    ClaimIsLocked,
    FactsHaveMoved,
    OwnClaim,
    QuarterNotBegun,
    QuarterNotOver,
    WrongStep,
)
from crosssector.reimbursement.models import Claim, ClaimFacts, ClaimFinding, ClaimLine
from crosssector.reimbursement.recompute import recomputed
from crosssector.reimbursement.telling import finding_in_words
from housing.shelters.clock import running_clock
from housing.shelters.selectors.reimbursement import reimbursement_of
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.base.errors import NotPermitted, StaleVersion
from tests.access.factories import make_user
from tests.crosssector.reimbursement.factories import Q3, Q4, Place, make_place, notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place(name="Fjordby")


def lines(claim: Claim) -> list[tuple[date, date, int, Decimal, str]]:
    return [
        (line.starts_on, line.ends_on, line.days, line.amount_dkk, line.reason)
        for line in claim.lines.order_by("position")
    ]


def test_a_quarter_takes_its_part_of_the_citizens_own_lines(place: Place) -> None:
    stay = place.stay(date(2026, 5, 4))

    claim = place.drafted()

    assert lines(claim) == [
        (date(2026, 7, 1), date(2026, 8, 2), 32, Decimal("21488.00"), "within-limit"),
        (date(2026, 8, 2), date(2026, 10, 1), 60, Decimal("0.00"), "over-limit"),
    ]
    on_page = reimbursement_of(
        stay.case,
        date(2026, 10, 1),
        hides_places=False,
        clock=running_clock(stay.case, date(2026, 10, 1)),
    )
    assert on_page.refunded_dkk == Decimal("60435.00")  # 58 days before the quarter and these 32
    assert [line.last_on for line in on_page.lines] == [date(2026, 8, 1), date(2026, 10, 1)]


def test_days_of_other_quarters_and_of_other_municipalities_are_not_claimed(place: Place) -> None:
    other = make_place(name="Skovby")
    place.stay(date(2026, 4, 1), date(2026, 6, 30))
    other.stay(date(2026, 7, 1), date(2026, 7, 11))

    assert place.drafted().lines.count() == 0
    assert other.drafted().lines.count() == 1


def test_a_day_elsewhere_uses_up_the_limit_and_is_not_claimed(place: Place) -> None:
    other = make_place(name="Skovby")
    theirs = other.stay(date(2026, 4, 2), date(2026, 6, 30))  # 89 days
    place.stay(date(2026, 7, 1), date(2026, 7, 11), citizen=theirs.citizen)

    claim = place.drafted()

    assert [(line[2], line[4]) for line in lines(claim)] == [(1, "within-limit"), (9, "over-limit")]


def test_a_draft_of_a_running_quarter_counts_until_today_and_waits(place: Place) -> None:
    place.stay(date(2026, 9, 21))

    claim = place.drafted(today=date(2026, 9, 25))

    assert (claim.counted_through, claim.lines.get().days) == (date(2026, 9, 25), 5)
    with pytest.raises(QuarterNotOver):
        services.claim_check(claim=claim, actor=place.hanne, today=date(2026, 9, 25))
    with pytest.raises(QuarterNotBegun):
        place.drafted(Q4, today=date(2026, 9, 25))


def test_a_draft_can_be_drafted_anew_until_it_is_approved(place: Place) -> None:
    place.stay(date(2026, 9, 21))
    first = place.drafted()
    place.stay(date(2026, 9, 29))
    second = place.drafted()

    assert first.pk == second.pk
    assert second.lines.count() == 2
    services.claim_check(claim=second, actor=place.hanne, today=Q3.ends_on)
    assert place.drafted().state == ClaimState.DRAFT


def test_a_second_person_approves_and_the_claim_is_locked(place: Place) -> None:
    place.stay(date(2026, 9, 21))
    claim = place.checked()

    with pytest.raises(OwnClaim):
        services.claim_approve(claim=claim, actor=place.hanne)
    services.claim_approve(claim=claim, actor=place.helle)

    claim.refresh_from_db()
    assert (claim.state, claim.approved_by) == (ClaimState.LOCKED, place.helle)
    assert claim.locked_at is not None
    with pytest.raises(ClaimIsLocked):
        services.claim_approve(claim=claim, actor=place.helle)
    with pytest.raises(ClaimIsLocked):
        place.drafted()


def test_neither_the_one_who_drafted_nor_the_one_who_sent_approves(place: Place) -> None:
    third = make_user(Role.TEAM_LEAD, place.team)
    place.stay(date(2026, 9, 21))
    claim = place.drafted()
    services.claim_check(claim=claim, actor=place.helle, today=Q3.ends_on)

    for actor in (place.hanne, place.helle):
        with pytest.raises(OwnClaim):
            services.claim_approve(claim=claim, actor=actor)
    services.claim_approve(claim=claim, actor=third)


def test_the_database_refuses_a_claim_approved_by_its_drafter(place: Place) -> None:
    claim = place.checked()

    with pytest.raises(IntegrityError, match="crosssector_claim_by_two_people"):
        Claim.objects.filter(pk=claim.pk).update(
            state=ClaimState.LOCKED, approved_by=place.hanne, locked_at=claim.checked_at
        )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE crosssector_claim SET counted_through = counted_through - 1",
        "UPDATE crosssector_claim SET state = 'draft'",
        "DELETE FROM crosssector_claim",
        "UPDATE crosssector_claimline SET amount_dkk = 1",
        "DELETE FROM crosssector_claimline",
        "UPDATE crosssector_claimfacts SET facts = '{}'",
        "DELETE FROM crosssector_claimfinding",
        "INSERT INTO crosssector_claimfacts (claim_id, citizen_id, facts) "
        "SELECT id, 1, '{}' FROM crosssector_claim",
    ],
)
def test_the_database_keeps_what_is_locked(place: Place, sql: str) -> None:
    place.stay(date(2026, 9, 21), is_notified=False)  # so that there is a finding
    place.locked()

    with (
        pytest.raises(IntegrityError, match="A locked claim is never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert (ClaimLine.objects.count(), ClaimFacts.objects.count()) == (1, 1)
    assert ClaimFinding.objects.count() == 1


def test_lines_cannot_be_moved_out_of_a_locked_claim(place: Place) -> None:
    place.stay(date(2026, 9, 21))
    place.locked()
    draft = place.drafted(Q4)

    with pytest.raises(IntegrityError, match="A locked claim is never changed"):
        ClaimLine.objects.filter(claim__quarter_starts_on=Q3.starts_on).update(
            claim=draft, position=99
        )


def test_what_was_registered_since_is_drafted_anew_before_it_is_approved(place: Place) -> None:
    place.stay(date(2026, 9, 21))
    claim = place.checked()
    place.stay(date(2026, 9, 29))

    with pytest.raises(FactsHaveMoved):
        services.claim_approve(claim=claim, actor=place.helle)


def test_a_place_that_is_not_registered_must_be_mended_first(place: Place) -> None:
    place.stay(date(2026, 9, 21))
    place.shelter.registered_number = ""
    place.shelter.save()
    claim = place.drafted()

    with pytest.raises(ClaimHasBlocks):
        services.claim_check(claim=claim, actor=place.hanne, today=Q3.ends_on)


def registered_from(place: Place, day: date | None) -> None:
    place.shelter.registered_from = day
    place.shelter.save()


def test_days_before_the_place_was_registered_are_kept_out_and_the_rest_is_claimed(
    place: Place,
) -> None:
    registered_from(place, date(2026, 9, 11))
    place.stay(date(2026, 9, 1))
    claim = place.locked()

    lines = list(claim.lines.order_by("starts_on"))
    assert [
        (line.starts_on, line.ends_on, line.reason, line.is_refundable, line.amount_dkk)
        for line in lines
    ] == [
        (date(2026, 9, 1), date(2026, 9, 11), "unregistered", False, Decimal("0.00")),
        (date(2026, 9, 11), date(2026, 10, 1), "within-limit", True, Decimal("13430.00")),
    ]
    assert [line.day_number for line in lines] == [1, 11]  # the days count all the same
    (finding,) = claim.findings.all()
    assert (finding.kind, finding.severity) == ("registered_later", "warn")
    with translation.override("da"):
        assert finding_in_words(finding, today=Q3.ends_on).replace("\u00a0", " ") == (
            "Boformen har stået på Tilbudsportalen siden 11. sep. Dagene før står i kravet uden "
            "beløb."
        )
    assert recomputed(claim).is_same


def test_a_place_registered_after_the_quarter_earns_nothing_in_it(place: Place) -> None:
    registered_from(place, date(2026, 11, 1))
    place.stay(date(2026, 9, 1))
    (line,) = place.locked().lines.all()
    assert (line.reason, line.amount_dkk, line.days) == ("unregistered", Decimal("0.00"), 30)


def test_days_over_the_limit_are_over_it_wherever_they_were(place: Place) -> None:
    registered_from(place, date(2026, 9, 20))
    place.stay(date(2026, 6, 1))  # the ninetieth day is 29 August
    lines = place.drafted().lines.order_by("starts_on")
    assert [line.reason for line in lines] == ["unregistered", "over-limit"]


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        pytest.param(
            date(2026, 9, 11),
            date(2026, 9, 6),
            [(date(2026, 9, 6), date(2026, 9, 11), 5, Decimal("3357.50"))],
            id="earlier",
        ),
        pytest.param(
            None,
            date(2026, 9, 11),
            [(date(2026, 9, 1), date(2026, 9, 11), -10, Decimal("-6715.00"))],
            id="was-always",
        ),
    ],
)
def test_a_corrected_day_of_registration_comes_in_the_next_claim(
    place: Place, was: date | None, now: date, expected: list[tuple[date, date, int, Decimal]]
) -> None:
    registered_from(place, was)
    place.stay(date(2026, 9, 1), date(2026, 9, 30))
    first = place.locked()
    registered_from(place, now)

    lines = place.drafted(Q4).lines.filter(kind="adjustment")
    assert [(one.starts_on, one.ends_on, one.days, one.amount_dkk) for one in lines] == expected
    assert [why["code"] for why in lines[0].why] == ["registered"]
    assert recomputed(first).is_same


def test_a_stale_page_and_a_skipped_step_are_refused(place: Place) -> None:
    place.stay(date(2026, 9, 21))
    claim = place.drafted()
    with pytest.raises(WrongStep):
        services.claim_approve(claim=claim, actor=place.helle)
    place.drafted()
    with pytest.raises(StaleVersion):
        services.claim_check(
            claim=claim, actor=place.hanne, today=Q3.ends_on, version=claim.version
        )


def test_sent_back_it_is_a_draft_again(place: Place) -> None:
    claim = place.checked()
    services.claim_return(claim=claim, actor=place.helle, reason="To ophold mangler takst")

    claim.refresh_from_db()
    assert (claim.state, claim.checked_by) == (ClaimState.DRAFT, None)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SUPPORT_WORKER, Role.HYBRID])
def test_only_those_with_the_right_draft_and_approve(place: Place, role: Role) -> None:
    claim = place.checked()
    user = make_user(role, place.team)

    with pytest.raises(NotPermitted):
        services.claim_draft(
            municipality=place.municipality, quarter=Q3, actor=user, today=Q3.ends_on
        )
    with pytest.raises(NotPermitted):
        services.claim_approve(claim=claim, actor=user)


def test_a_lead_of_another_municipality_claims_nothing_here(place: Place) -> None:
    with pytest.raises(NotPermitted):
        services.claim_draft(
            municipality=place.municipality,
            quarter=Q3,
            actor=make_place().hanne,
            today=Q3.ends_on,
        )


def test_drafting_is_logged_with_the_citizens(place: Place) -> None:
    stay = place.stay(date(2026, 9, 21))
    place.drafted()

    entry = AccessEntry.objects.get(what="claim_draft")
    assert (entry.action, entry.citizen_ids) == (LogAction.CHANGED, [stay.citizen_id])


def test_a_draft_of_many_asks_as_often_as_one_of_few(place: Place) -> None:
    asked = []
    for more in (1, 8):
        for _n in range(more):
            place.stay(date(2026, 9, 21))
        place.drafted()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            place.drafted()
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_findings_say_what_is_missing(place: Place) -> None:
    place.stay(date(2026, 9, 1), is_notified=False)
    notify(place.stay(date(2026, 9, 2), is_notified=False), days_after=9)
    notify(place.stay(date(2026, 9, 3), is_notified=False), answer="")
    notify(place.stay(date(2026, 9, 4), is_notified=False), answer="no")

    claim = place.drafted()

    assert list(claim.findings.order_by("pk").values_list("kind", "severity")) == [
        ("not_acting", "block"),
        ("notice_missing", "warn"),
        ("notice_late", "warn"),
        ("acting_unanswered", "warn"),
    ]
