"""A planned discharge: the municipality is told before the day (SEL § 110, stk. 7)."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from housing.shelters import services
from housing.shelters.enums import DischargeTo, NoticeKind
from housing.shelters.errors import AlreadyDischarged, PlanNotAhead
from housing.shelters.letters import notice_context
from housing.shelters.models import Notice, Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.deadlines.models import Deadline
from housingfirst.events.models import Event
from tests.access.factories import make_user
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.housing.shelters.pages import NOW, address, log_in
from tests.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

TODAY = date(2026, 8, 4)
PLANNED = date(2026, 8, 14)


@pytest.fixture
def stay() -> Stay:
    shelter = make_shelter(name="Kilden")
    intake_of(shelter.unit.municipality)
    citizen = make_citizen(name="Mads Holm")
    return make_stay(shelter=shelter, citizen=citizen, admitted_on=date(2026, 7, 20))


def plan(stay: Stay, on: date = PLANNED, reason: str = "Lejemål fra den 14.") -> Notice:
    return services.discharge_plan(
        stay=stay, planned_on=on, to=DischargeTo.OWN_HOME, reason=reason, actor=None
    )


def discharge(stay: Stay, on: date, reason: str = "Lejemål fra den 14.") -> Notice:
    with time_machine.travel(NOW.replace(day=20), tick=False):
        services.stay_discharge(
            stay=stay, discharged_on=on, to=DischargeTo.OWN_HOME, reason=reason, actor=None
        )
    return stay.notices.get(kind=NoticeKind.DISCHARGE)


def sent(notice: Notice) -> None:
    services.notice_send(notice=notice, actor=None)


def test_the_notice_can_be_sent_before_and_stands_when_it_came_true(stay: Stay) -> None:
    notice = plan(stay)
    sent(notice)

    after = discharge(stay, PLANNED)

    assert after.pk == notice.pk
    assert after.sent_at is not None
    assert after.sent_at.date() == TODAY
    assert after.due_on == date(2026, 8, 19)
    assert not after.is_late
    assert not after.is_planned


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        pytest.param(date(2026, 8, 13), "Lejemål fra den 14.", id="another-day"),
        pytest.param(PLANNED, "Rejste selv.", id="another-reason"),
    ],
)
def test_what_turned_out_differently_is_told_anew(stay: Stay, on: date, reason: str) -> None:
    sent(plan(stay))

    after = discharge(stay, on, reason)

    assert (after.sent_at, after.decided_on) == (None, on)
    assert after.history.exclude(sent_at=None).exists()


def test_planned_anew_on_another_day_is_a_new_notice(stay: Stay) -> None:
    sent(plan(stay))

    again = plan(stay, date(2026, 8, 21))

    assert (again.sent_at, again.decided_on) == (None, date(2026, 8, 21))
    assert stay.notices.filter(kind=NoticeKind.DISCHARGE).count() == 1


def test_the_same_plan_again_is_not_sent_again(stay: Stay) -> None:
    sent(plan(stay))

    assert plan(stay).sent_at is not None


def test_a_plan_that_was_never_sent_leaves_a_notice_to_send(stay: Stay) -> None:
    plan(stay)

    assert discharge(stay, PLANNED).sent_at is None


@pytest.mark.parametrize("on", [TODAY, date(2026, 8, 3)])
def test_only_ahead(stay: Stay, on: date) -> None:
    with pytest.raises(PlanNotAhead):
        plan(stay, on)


def test_not_after_the_discharge(stay: Stay) -> None:
    discharge(stay, TODAY)

    with pytest.raises(AlreadyDischarged):
        plan(stay)


def test_dropped_the_notice_goes_and_the_stay_goes_on(stay: Stay) -> None:
    sent(plan(stay))

    services.plan_drop(stay=stay, actor=None)

    stay.refresh_from_db()
    assert (stay.discharge_planned_on, stay.discharge_to, stay.discharge_reason) == (None, "", "")
    assert not stay.notices.filter(kind=NoticeKind.DISCHARGE).exists()
    assert not Deadline.objects.open().filter(kind="discharge_notice").exists()
    assert Event.objects.filter(kind="discharge.plan_dropped").exists()
    assert discharge(stay, TODAY).sent_at is None


def test_a_plan_dropped_twice_is_dropped_once(stay: Stay) -> None:
    plan(stay)
    again = Stay.objects.select_related("shelter").get(pk=stay.pk)

    services.plan_drop(stay=stay, actor=None)
    services.plan_drop(stay=again, actor=None)  # a second press, from the page as it was

    assert Event.objects.filter(kind="discharge.plan_dropped").count() == 1


def test_the_deadline_and_the_letter_say_that_it_is_ahead(stay: Stay) -> None:
    notice = plan(stay)

    deadline = Deadline.objects.open().get(kind="discharge_notice")
    assert (deadline.due_on, deadline.params["planned"]) == (date(2026, 8, 19), True)
    letter = notice_context(notice, cpr=None, on=TODAY)
    assert letter["is_planned"]
    assert "Udskrives" in [str(fact.label) for fact in letter["facts"]]


class TestPages:
    @pytest.fixture
    def staff(self, client: Client, stay: Stay) -> User:
        return log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    def typed(self, client: Client, stay: Stay, **changes: Any) -> dict[str, Any]:
        html = read(client.get(address("stay_discharge", stay.reference)))
        seen = html.partition('name="seen" value="')[2].partition('"')[0]
        return {
            "discharged_on": "14-08-2026",
            "to": "own_home",
            "reason": "Lejemål fra den 14.",
            "version": stay.version,
            "seen": seen,
            "act": "plan",
        } | changes

    def test_planned_sent_and_seen_by_the_municipality(
        self, client: Client, stay: Stay, staff: User
    ) -> None:
        url = address("stay_discharge", stay.reference)
        data = self.typed(client, stay)
        # What is lost changes with the day: it is read before it is pressed again.
        first = client.post(url, data)
        assert first.status_code == 422
        seen = read(first).partition('name="seen" value="')[2].partition('"')[0]

        done = client.post(url, data | {"seen": seen}, follow=True)

        html = read(done)
        assert "Planlagt. Orienteringen til kommunen kan sendes nu." in html
        assert "Udskrives 14. aug." in html
        notice = stay.notices.get(kind=NoticeKind.DISCHARGE)
        client.post(address("notice_send", notice.reference))
        client.force_login(make_user(Role.ADVISER, stay.case.unit))
        assert "Udskrives" in read(client.get(address("notice_inbox")))

    def test_the_stay_and_the_list_say_so_and_it_is_dropped(
        self, client: Client, stay: Stay, staff: User
    ) -> None:
        plan(stay)
        page = address("stay_detail", stay.reference)

        assert "Udskrivningen er planlagt" in read(client.get(page))
        assert "Udskrives 14. aug." in read(client.get(address("resident_list")))
        html = read(client.post(address("plan_drop", stay.reference), follow=True))
        assert "Den planlagte udskrivning er opgivet." in html
        assert "Udskrivningen er planlagt" not in html

    def test_the_form_comes_with_the_plan(self, client: Client, stay: Stay, staff: User) -> None:
        plan(stay)

        html = read(client.get(address("stay_discharge", stay.reference)))

        assert 'value="14-08-2026"' in html
        assert "Lejemål fra den 14." in html

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            pytest.param({"act": "", "discharged_on": "14-08-2026"}, "Planlæg den nu", id="ahead"),
            pytest.param({"discharged_on": "04-08-2026"}, "på en senere dag", id="today"),
        ],
    )
    def test_the_other_button_is_named(
        self, client: Client, stay: Stay, staff: User, changes: dict[str, str], message: str
    ) -> None:
        url = address("stay_discharge", stay.reference)
        data = self.typed(client, stay, **changes)
        first = read(client.post(url, data))
        seen = first.partition('name="seen" value="')[2].partition('"')[0]

        response = client.post(url, data | {"seen": seen})

        assert response.status_code == 422
        assert message in read(response)
        assert "Lejemål fra den 14." in read(response)
