"""What can be done with a thing on the list: put it off, take it, wake it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from housingfirst.deadlines.models import Deadline
from tests.cases.factories import make_case, make_citizen
from tests.crosssector.worklist.pages import MY_DAY, html_of, team_of_one, work_of
from tests.deadlines.factories import DAY, NOON, make_deadline

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday_noon")]


def test_putting_off_takes_it_away_until_its_day(client: Client) -> None:
    unit, user = team_of_one()
    case = make_case(unit=unit, adviser=user, citizen=make_citizen(name="Preben Dall"))
    deadline = make_deadline(unit=unit, case=case, person=user, kind="test_law")
    html = work_of(client, user)
    assert "A legal time limit does not move" in html

    response = client.post(
        f"/deadlines/{deadline.reference}/snooze/",
        {"until": "19-11-2026", "reason": "venter på lægen", "back": "/my-day/?f=law"},
    )

    assert (response.status_code, response["Location"]) == (302, "/my-day/?f=law")
    assert "Preben Dall" not in work_of(client, user)
    put_off = work_of(client, user, f"{MY_DAY}?f=snoozed")
    assert "Put off until Thu\u00a019\u00a0Nov by" in put_off
    assert "venter på lægen" in put_off
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert "Preben Dall" in work_of(client, user)
    client.post(f"/deadlines/{deadline.reference}/wake/")
    assert "Preben Dall" in work_of(client, user)
    deadline.refresh_from_db()
    assert deadline.due_on == DAY


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        pytest.param({"until": "+2", "reason": ""}, "one word will do.", id="no-reason"),
        pytest.param({"until": "+2", "reason": "   "}, "one word will do.", id="blank-reason"),
        pytest.param({"until": "", "reason": "ferie"}, "is missing", id="no-day"),
        pytest.param({"until": "17-11-2026", "reason": "ferie"}, "too early", id="today"),
        pytest.param({"until": "+31", "reason": "ferie"}, "too late", id="too-far"),
        pytest.param({"until": "fnuller", "reason": "ferie"}, "cannot be read", id="unreadable"),
        pytest.param({"until": "+2", "reason": "x" * 10_000}, "Shorten it", id="too-long"),
        pytest.param({}, "is missing", id="nothing"),
    ],
)
def test_putting_off_says_what_to_write_and_keeps_what_was_typed(
    client: Client, posted: dict[str, str], sentence: str
) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    work_of(client, user)

    response = client.post(f"/deadlines/{deadline.reference}/snooze/", posted)

    assert response.status_code == 422
    html = response.content.decode()
    assert sentence in html
    assert posted.get("reason", "").strip()[:50] in html
    assert posted.get("until", "") in html
    assert Deadline.objects.filter(pk=deadline.pk, snoozed_until=None).exists()


def test_with_htmx_an_error_comes_back_into_the_little_form(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    client.force_login(user)

    response = client.post(
        f"/deadlines/{deadline.reference}/snooze/", {"until": "+2"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 422
    assert response["HX-Retarget"] == response["HX-Reselect"] == f"#snooze-{deadline.reference}"
    assert f'id="snooze-{deadline.reference}"' in response.content.decode()


def test_what_was_done_meanwhile_cannot_be_put_off(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    Deadline.objects.filter(pk=deadline.pk).update(closed_at=timezone.now())
    work_of(client, user)

    response = client.post(
        f"/deadlines/{deadline.reference}/snooze/", {"until": "+2", "reason": "ferie"}
    )

    assert response.status_code == 422
    assert "done in the meantime" in response.content.decode()


def test_acknowledging_shows_who_has_it_and_quiets_the_count(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    before = html_of(client, user)
    assert 'class="count">1<' in before

    client.post(f"/deadlines/{deadline.reference}/acknowledge/")

    after = html_of(client, user)
    assert "You have it in hand" in after
    assert 'class="count"' not in after
    assert "I have it in hand" not in after


def test_a_foreign_address_to_return_to_is_not_followed(client: Client) -> None:
    unit, user = team_of_one()
    deadline = make_deadline(unit=unit, case=make_case(unit=unit), person=user)
    client.force_login(user)

    for back in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        response = client.post(f"/deadlines/{deadline.reference}/acknowledge/", {"back": back})
        assert response["Location"] == MY_DAY
