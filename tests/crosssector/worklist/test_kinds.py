"""Every kind that an app has registered keeps the sweep's contract and can be read on a list."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from housingfirst.access.enums import Role
from housingfirst.deadlines import services
from housingfirst.deadlines.kinds import REQUIRED_COLUMNS, DeadlineKind, all_kinds
from housingfirst.deadlines.models import Deadline
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_user
from tests.cases.factories import make_citizen
from tests.housing.factories import make_stay

pytestmark = pytest.mark.django_db

KINDS = all_kinds()


def test_the_kinds_of_the_main_path_are_there() -> None:
    assert {kind.key for kind in KINDS} >= {
        "admission_notice",
        "admission_answer",
        "reimbursement_limit",
        "referral_paper",
        "offer_answer",
        "handoff_due",
        "cti_phase",
    }
    limit = next(kind for kind in KINDS if kind.key == "reimbursement_limit")
    assert limit.ladder == (30, 14, 7, 0)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_gives_what_the_sweep_needs_and_can_be_asked_for_one_case(
    kind: DeadlineKind,
) -> None:
    facts = kind.facts(timezone.localdate())

    given = {name.removeprefix("fact_") for name in facts.query.annotations}
    assert set(REQUIRED_COLUMNS) <= given
    if kind.case_lookup:
        assert "case_id" in given
        assert list(facts.filter(**{f"{kind.case_lookup}__in": [0]})) == []
    else:  # of a thing that no case is about, as a vacancy
        assert "case_id" not in given
        assert list(facts) == []
    assert 0 < kind.loss < 1000
    for text in (kind.title, kind.why, kind.cost, kind.act, kind.source):
        assert str(text).strip()
        assert "%" not in re.sub(r"%\(\w+\)s|%%", "", str(text))


def test_all_kinds_are_swept_by_one_statement_each() -> None:
    services.sweep(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM deadlines_deadline")
        assert cursor.fetchone() == (0,)


def test_what_a_stay_sets_going_stands_on_both_sides_lists_at_once(client: Client) -> None:
    stay = make_stay(admitted_on=timezone.localdate())
    unit = stay.case.unit
    assert unit is not None
    kinds = set(Deadline.objects.open().values_list("kind", flat=True))
    ours = {
        "reimbursement_limit",
        "shelter_plan",
        "assessment_due",
        "referral_due",
        "support_decision",
    }
    assert kinds == {"admission_notice", "waitlist_signup", *ours}

    for user, things in (
        (make_user(Role.ADVISER, unit), len(ours)),
        (make_user(Role.SHELTER_STAFF, stay.shelter.unit), 2),
    ):
        client.force_login(user)
        html = client.get("/my-day/?f=later").content.decode()
        html += client.get("/my-day/").content.decode()
        assert html.count('class="wl-i"') == things
        assert stay.citizen.name in html
    services.sweep(timezone.localdate())
    assert set(Deadline.objects.open().values_list("kind", flat=True)) == kinds


def test_days_over_are_the_clocks_own_for_one_who_came_back(client: Client) -> None:
    """Used up in March, back on 1 August: on the 4th it is 4 days over, not 136."""
    citizen = make_citizen()
    with time_machine.travel(datetime(2026, 8, 4, 12, tzinfo=COPENHAGEN), tick=False):
        first = make_stay(
            citizen=citizen, admitted_on=date(2025, 12, 1), discharged_on=date(2026, 3, 21)
        )
        make_stay(shelter=first.shelter, citizen=citizen, admitted_on=date(2026, 8, 1))
        client.force_login(make_user(Role.ADVISER, first.case.unit))
        html = client.get("/my-day/").content.decode()

    assert "4 dage over" in html
    assert "136 dage over" not in html
    assert "114 af 90 dage brugt, 4 over grænsen" in html
