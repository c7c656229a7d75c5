"""The list outside its page: a calendar by a secret link, and a mail in the morning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from cases.casework.models import Case
from cases.citizens.enums import Protection
from crosssector.worklist.digest import digests_send
from crosssector.worklist.jobs import send_digests
from crosssector.worklist.views.outlets import ASKS_AT_MOST
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessEntry, Membership, Unit, User
from housingfirst.access.what import detail_name
from housingfirst.deadlines.kinds import all_kinds
from housingfirst.deadlines.models import CalendarFeed, Deadline, SentDigest
from housingfirst.deadlines.outlets import digest_set, feed_make, token_hash
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import queries
from tests.deadlines.factories import DAY, NOON, make_deadline
from tests.races import at_once

pytestmark = pytest.mark.django_db

KINDS = all_kinds()


@pytest.fixture(autouse=True)
def _no_asks_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


class World:
    """An adviser with one thing due in a protected citizen's case."""

    def __init__(self) -> None:
        self.unit: Unit = make_unit(name="Hjemløseteamet Fjordby")
        self.line: User = make_user(Role.ADVISER, self.unit, name="Line Aagaard")
        citizen = make_citizen(name="Preben Dall", cpr="3002810007", protection=Protection.YES)
        self.case: Case = make_case(unit=self.unit, adviser=self.line, citizen=citizen)
        self.deadline: Deadline = self.due("offer_answer")

    def due(self, kind: str, *, on: date = DAY, at: datetime | None = None) -> Deadline:
        return make_deadline(
            unit=self.unit,
            case=self.case,
            person=self.line,
            kind=kind,
            due_on=on,
            due_at=at,
            params={"rooms": 2, "rent": "4870", "paper": "income"},
        )

    def link(self) -> str:
        token = feed_make(actor=User.objects.get(pk=self.line.pk), now=timezone.now())
        return reverse("deadlines:calendar", args=[token])


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(NOON, tick=False):
        yield World()


def text(client: Client, link: str) -> str:
    response = client.get(link)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


class TestCalendar:
    def test_it_is_read_without_a_login_and_names_nobody(
        self, client: Client, world: World
    ) -> None:
        said = text(client, world.link())

        for secret in (
            "Preben",
            "Dall",
            "300281",
            world.case.number,
            str(world.case.reference),
            "4870",
            "4.870",
            "Hjemløseteamet",
        ):
            assert secret not in said.replace("\r\n ", "")
        calendar = Calendar.from_ical(said)
        (event,) = calendar.walk("VEVENT")
        assert event["SUMMARY"] == "Svaret på et boligtilbud"
        assert event["UID"] == f"{world.deadline.reference}@housingfirst"
        way_in = f"http://testserver/deadlines/{world.deadline.reference}/"
        assert event["URL"] == way_in
        client.force_login(world.line)
        assert client.get(way_in).status_code == 302

    def test_a_day_is_all_day_and_a_time_is_in_copenhagen(
        self, client: Client, world: World
    ) -> None:
        at = datetime(2027, 3, 28, 12, tzinfo=COPENHAGEN)  # the day the clocks go forward
        world.due("handoff_due", on=at.date(), at=at)
        said = text(client, world.link())

        assert "DTSTART;VALUE=DATE:20261117\r\n" in said
        assert "DTEND;VALUE=DATE:20261118\r\n" in said
        assert "DTSTART;TZID=Europe/Copenhagen:20270328T113000\r\n" in said
        assert "BEGIN:VTIMEZONE" in said
        assert "TZOFFSETTO:+0200" in said
        assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))

    def test_only_what_is_ones_own_and_not_put_off(self, client: Client, world: World) -> None:
        make_deadline(unit=world.unit, case=world.case, person=make_user(Role.ADVISER, world.unit))
        asleep = world.due("referral_paper")
        Deadline.objects.filter(pk=asleep.pk).update(
            snoozed_until=DAY + timedelta(days=2), snoozed_by=world.line, snooze_reason="venter"
        )
        far = world.due("referral_paper", on=DAY + timedelta(days=300))
        said = text(client, world.link())
        assert said.count("BEGIN:VEVENT") == 1
        assert str(far.reference) not in said

    def test_unchanged_it_is_not_sent_again(self, client: Client, world: World) -> None:
        link = world.link()
        first = client.get(link)
        assert first["Content-Type"] == "text/calendar; charset=utf-8"
        assert "private" in first["Cache-Control"]
        assert client.get(link).content == first.content
        again = client.get(link, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

        world.due("referral_paper")
        changed = client.get(link, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]

    def test_a_new_link_ends_the_old_and_an_ended_one_opens_nothing(
        self, client: Client, world: World
    ) -> None:
        old, new = world.link(), world.link()
        assert client.get(old).status_code == 404
        assert client.get(new).status_code == 200
        client.force_login(world.line)
        client.post(reverse("deadlines:feed_revoke"))
        client.logout()
        assert client.get(new).status_code == 404
        assert client.get("/calendar/nonsense.ics").status_code == 404

    def test_one_who_has_left_gets_nothing(self, client: Client, world: World) -> None:
        link = world.link()
        Membership.objects.filter(user=world.line).update(valid_to=DAY)
        assert client.get(link).status_code == 404
        Membership.objects.filter(user=world.line).update(valid_to=None)
        assert client.get(link).status_code == 200
        User.objects.filter(pk=world.line.pk).update(is_active=False)
        assert client.get(link).status_code == 404

    def test_the_link_is_not_kept(self, client: Client, world: World) -> None:
        client.force_login(world.line)
        response = client.post(reverse("deadlines:feed_make"))
        found = re.search(r"/calendar/([\w-]{43})\.ics", response.content.decode())
        assert found is not None
        assert "no-store" in response["Cache-Control"]
        feed = CalendarFeed.objects.get()
        assert feed.token_hash == token_hash(found[1])
        assert found[1] not in client.get(reverse("deadlines:outlets")).content.decode()
        assert AccessEntry.objects.filter(what="calendar_feed").exists()

    def test_it_is_asked_for_only_so_often(self, client: Client, world: World) -> None:
        link = world.link()
        codes = [client.get(link).status_code for _n in range(ASKS_AT_MOST + 1)]
        assert codes == [200] * ASKS_AT_MOST + [429]
        with time_machine.travel(NOON + timedelta(minutes=11), tick=False):
            assert client.get(link).status_code == 200

    def test_queries_do_not_grow(self, client: Client, world: World) -> None:
        link = world.link()
        one = queries(client, link)
        for n in range(20):
            world.due("referral_paper", on=DAY + timedelta(days=n))
        assert queries(client, link) <= one <= 15

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
    def test_every_kind_has_a_name_that_says_nothing_of_anybody(self, kind: object) -> None:
        key = getattr(kind, "key", "")
        assert detail_name(key) != key


class TestMail:
    @pytest.fixture(autouse=True)
    def wanted(self, world: World) -> None:
        digest_set(actor=User.objects.get(pk=world.line.pk), wanted=True)

    def send(self) -> int:
        return digests_send(DAY, NOON)

    def test_it_counts_and_names_nobody(self, world: World) -> None:
        world.due("referral_paper", on=DAY - timedelta(days=2))
        world.due("referral_paper", on=DAY + timedelta(days=2))

        assert self.send() == 1

        (sent,) = mail.outbox
        assert sent.to == [world.line.email]
        assert sent.subject == "Min dag: 1 over fristen, 1 i dag"
        assert "1 er over fristen." in sent.body
        assert "1 mere står på din liste." in sent.body
        assert "/my-day/\n" in sent.body
        for secret in ("Preben", "Dall", world.case.number, "300281"):
            assert secret not in sent.body + sent.subject

    def test_one_a_day_however_often_it_runs(self, world: World) -> None:
        assert [self.send(), self.send()] == [1, 0]
        assert len(mail.outbox) == 1
        assert digests_send(DAY + timedelta(days=1), NOON + timedelta(days=1)) == 1

    def test_with_nothing_to_tell_none_is_sent_until_there_is(self, world: World) -> None:
        Deadline.objects.all().delete()
        assert self.send() == 0
        world.due("referral_paper")
        assert self.send() == 1

    def test_who_does_not_want_it_or_has_left_gets_none(self, world: World) -> None:
        Membership.objects.filter(user=world.line).update(valid_to=DAY)
        assert self.send() == 0
        Membership.objects.filter(user=world.line).update(valid_to=None)
        digest_set(actor=User.objects.get(pk=world.line.pk), wanted=False)
        assert self.send() == 0

    def test_one_that_could_not_be_sent_is_tried_again(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_args: object) -> int:
            raise OSError("no mail server")

        with monkeypatch.context() as patched:
            patched.setattr("crosssector.worklist.digest.send_mail", broken)
            with pytest.raises(OSError, match="no mail server"):
                self.send()
        assert self.send() == 1

    @pytest.mark.parametrize(
        ("at", "sent"),
        [
            pytest.param(datetime(2026, 11, 17, 6, 29, tzinfo=COPENHAGEN), 0, id="too-early"),
            pytest.param(datetime(2026, 11, 17, 6, 30, tzinfo=COPENHAGEN), 1, id="on-time"),
            pytest.param(datetime(2026, 11, 17, 11, 30, tzinfo=COPENHAGEN), 1, id="late"),
            pytest.param(datetime(2026, 11, 17, 12, 0, tzinfo=COPENHAGEN), 0, id="too-late"),
            pytest.param(datetime(2026, 11, 21, 6, 30, tzinfo=COPENHAGEN), 0, id="saturday"),
            pytest.param(datetime(2026, 12, 25, 6, 30, tzinfo=COPENHAGEN), 0, id="christmas"),
            pytest.param(datetime(2027, 3, 29, 6, 30, tzinfo=COPENHAGEN), 0, id="easter-monday"),
            pytest.param(datetime(2027, 3, 30, 6, 30, tzinfo=COPENHAGEN), 1, id="summer-time"),
        ],
    )
    def test_it_comes_on_the_morning_of_a_working_day(
        self, world: World, at: datetime, sent: int
    ) -> None:
        with time_machine.travel(at, tick=False):
            assert send_digests() == sent

    def test_it_is_switched_on_and_off_on_the_page(self, client: Client, world: World) -> None:
        client.force_login(world.line)
        url = reverse("deadlines:outlets")
        assert "Mailen er slået til." in client.get(url).content.decode()
        client.post(reverse("deadlines:digest_set"), {"wanted": "no"})
        assert "Mailen er slået fra." in client.get(url).content.decode()
        client.post(reverse("deadlines:digest_set"), {"wanted": "yes"})
        client.post(reverse("deadlines:digest_set"), {"wanted": "yes"})
        assert "Mailen er slået til." in client.get(url).content.decode()
        client.post(reverse("deadlines:digest_set"), {"wanted": "x" * 5_000})
        assert "Mailen er slået fra." in client.get(url).content.decode()

    def test_who_has_no_worklist_has_no_page(self, client: Client) -> None:
        client.force_login(make_user(Role.AUDITOR))
        assert client.get(reverse("deadlines:outlets")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_three_schedulers_send_one_mail() -> None:
    with time_machine.travel(NOON, tick=True):
        world = World()
        digest_set(actor=User.objects.get(pk=world.line.pk), wanted=True)
        at_once(*[lambda: digests_send(DAY, NOON)] * 3)
    assert len(mail.outbox) == 1
    assert SentDigest.objects.filter(sent_at__isnull=False).count() == 1
