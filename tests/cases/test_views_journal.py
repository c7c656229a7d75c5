"""The journal's pages: what is written, by whom it is read, and what happens to bad input."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.casework import journal
from cases.casework.enums import Audience, NoteKind, Situation, Source
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case, Note, SituationRecord, Wish
from cases.casework.situations import situation_begin
from cases.citizens.enums import Protection
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import HTMX, address, form, opened, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet")


@pytest.fixture
def case(unit: Unit) -> Case:
    return make_case(unit=unit, citizen=make_citizen(name="Sanne Bay", protection=Protection.NO))


@pytest.fixture
def adviser(unit: Unit, client: Client) -> User:
    user = make_user(Role.ADVISER, unit, name="Line Aagaard")
    client.force_login(user)
    return user


def write(
    case: Case,
    actor: User,
    text: str,
    *,
    audience: Audience = Audience.CASE,
    at: datetime | None = None,
    is_important: bool = False,
) -> Note:
    return journal.note_write(
        case=case,
        kind=NoteKind.NOTE,
        happened_at=at or timezone.now(),
        text=text,
        audience=audience,
        is_important=is_important,
        form_key=uuid.uuid4(),
        actor=actor,
    )


def note(**values: Any) -> dict[str, Any]:
    given = {
        "kind": "phone",
        "text": "Ringede om boligen",
        "happened_at": "i går 11.12",
        "audience": "case",
    }
    return form(**given | values)


class TestNotes:
    def test_one_is_written(self, client: Client, case: Case, adviser: User) -> None:
        response = client.post(address("note_create", case), note(is_important="on"))

        assert response["Location"] == address("journal", case)
        saved = Note.objects.get()
        yesterday = timezone.localdate() - timedelta(days=1)
        assert timezone.localtime(saved.happened_at).date() == yesterday
        assert (saved.kind, saved.is_important, saved.author) == ("phone", True, adviser)

    def test_R11_sent_twice_is_one_note(self, client: Client, case: Case, adviser: User) -> None:
        values = note()

        client.post(address("note_create", case), values)
        client.post(address("note_create", case), values)

        assert Note.objects.count() == 1

    def test_ten_thousand_characters_are_kept(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        text = ("Hej 🐕 " * 2_000)[:10_000].strip()

        client.post(address("note_create", case), note(text=text))

        assert Note.objects.get().text == text

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"text": ""}, "text"),
            ({"text": "\x00"}, "text"),
            ({"text": "x" * 10_001}, "text"),
            ({"kind": "gossip"}, "kind"),
            ({"audience": "everybody"}, "audience"),
            ({"audience": ""}, "audience"),
            ({"happened_at": "i morgen 9.00"}, "happened_at"),
            ({"happened_at": "17-11-2026"}, "happened_at"),
            ({"happened_at": "29-03-2026 kl. 2.30"}, "happened_at"),
            ({"happened_at": "9" * 500}, "happened_at"),
        ],
    )
    def test_bad_input_is_told_at_its_field_and_kept(
        self, client: Client, case: Case, adviser: User, values: dict[str, str], said: str
    ) -> None:
        response = client.post(address("note_create", case), note(**values))

        html = response.content.decode()
        assert response.status_code == 422
        assert f'id="id_{said}_error"' in html
        if said != "text":
            assert "Ringede om boligen" in html
        assert not Note.objects.exists()

    def test_who_reads_it_is_said_before_it_is_saved(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        shelter = make_unit(kind=UnitKind.SHELTER, name="Kilden")
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)

        html = opened(client, adviser, address("journal", case))

        assert "Hjemløseteamet, Kilden" in html

    def test_one_for_another_unit_is_not_read(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        worker = make_user(Role.SHELTER_STAFF, shelter)
        secret = write(case, worker, "Kun til os selv", audience=Audience.UNIT)
        write(case, worker, "Til alle")

        html = opened(client, adviser, address("journal", case))

        assert "Til alle" in html
        assert "Kun til os selv" not in html
        for page in ("note_edit", "note_history"):
            assert client.get(address(page, case, secret.reference)).status_code == 404

    def test_a_note_of_another_case_is_not_there(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        other = write(make_case(unit=unit), adviser, "En anden sag")

        assert client.get(address("note_history", case, other.reference)).status_code == 404

    def test_newest_first_with_filters_and_pages(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        now = timezone.now()
        for n in range(25):
            at = now - timedelta(days=n)
            write(case, adviser, f"nr{n:02d}", at=at, is_important=n in (0, 24))
        url = address("journal", case)

        first = opened(client, adviser, url)
        assert first.index("nr00") < first.index("nr19")
        assert "nr20" not in first
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
        second = opened(client, adviser, url + following)
        assert "nr20" in second
        assert "nr19" not in second
        important = opened(client, adviser, url + "?important=1")
        assert "nr24" in important
        assert "nr01" not in important
        assert "nr00" not in opened(client, adviser, url + "?kind=meeting")

    def test_a_correction_shows_what_stood_before(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        saved = write(case, adviser, "Først")
        url = address("note_edit", case, saved.reference)

        response = client.post(url, note(text="Så", version="1"))

        assert response["Location"] == address("journal", case)
        history = opened(client, adviser, address("note_history", case, saved.reference))
        assert "Først" in history
        assert "Så" in history

    def test_R10_two_corrections_at_once_lose_nothing(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        saved = write(case, adviser, "Først")
        url = address("note_edit", case, saved.reference)
        client.post(url, note(text="Den første rettelse", version="1"))

        response = client.post(url, note(text="Den anden rettelse", version="1"))

        html = response.content.decode()
        assert response.status_code == 409
        for text in ("Først", "Den første rettelse", "Den anden rettelse"):
            assert text.split()[-1] in html
        chosen = note(text="Den anden rettelse", version="2") | {"choice-text": "mine"}
        assert client.post(url, chosen).status_code == 302
        assert Note.objects.get().text == "Den anden rettelse"

    def test_only_the_author_corrects(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        saved = write(case, adviser, "Min")
        client.force_login(make_user(Role.TEAM_LEAD, unit))
        url = address("note_edit", case, saved.reference)

        assert client.get(url).status_code == 403
        assert client.post(url, note(version="1")).status_code == 403

    def test_T16_a_note_is_text_and_nothing_else(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        write(case, adviser, "<script>alert(1)</script>{{ 7|add:7 }}")

        html = opened(client, adviser, address("journal", case))

        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html
        assert "{{ 7|add:7 }}" in html


class TestWishes:
    def say(self, client: Client, case: Case, **values: Any) -> Any:
        given = {"words": "Min egen dør", "said_on": "i går"}
        return client.post(address("wish_create", case), form(**given | values))

    def test_one_is_written(self, client: Client, case: Case, adviser: User) -> None:
        assert self.say(client, case)["Location"] == address("case_detail", case)
        assert Wish.objects.get().said_on == timezone.localdate() - timedelta(days=1)

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"words": ""}, "words"),
            ({"words": "x" * 2_001}, "words"),
            ({"said_on": "i morgen"}, "said_on"),
            ({"said_on": ""}, "said_on"),
            ({"said_on": "31-02-2026"}, "said_on"),
        ],
    )
    def test_bad_input(
        self, client: Client, case: Case, adviser: User, values: dict[str, str], said: str
    ) -> None:
        response = self.say(client, case, **values)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()
        assert not Wish.objects.exists()

    def test_a_shelter_writes_what_she_says(self, client: Client, case: Case) -> None:
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        client.force_login(make_user(Role.SHELTER_STAFF, shelter))

        assert self.say(client, case).status_code == 302


class TestSituations:
    def say(self, client: Client, case: Case, **values: Any) -> Any:
        given = {"situation": "HS5", "starts_on": "01-08-2026", "ends_on": "", "source": "citizen"}
        return client.post(address("situation_create", case), form(**given | values))

    def test_one_is_written(self, client: Client, case: Case, adviser: User) -> None:
        response = self.say(client, case, remark="Hos en fætter")

        assert response["Location"] == address("journal", case)
        assert SituationRecord.objects.get().remark == "Hos en fætter"

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"situation": ""}, "situation"),
            ({"situation": "HS0"}, "situation"),
            ({"starts_on": ""}, "starts_on"),
            ({"starts_on": "i morgen"}, "starts_on"),
            ({"ends_on": "31-07-2026"}, "ends_on"),
            ({"ends_on": "i morgen"}, "ends_on"),
            ({"source": "stay"}, "source"),
            ({"remark": "x" * 201}, "remark"),
        ],
    )
    def test_bad_input(
        self, client: Client, case: Case, adviser: User, values: dict[str, str], said: str
    ) -> None:
        response = self.say(client, case, **values)

        assert response.status_code == 422
        assert f'id="id_{said}_error"' in response.content.decode()
        assert not SituationRecord.objects.exists()

    def test_an_overlap_is_said_in_a_sentence(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        self.say(client, case)

        response = self.say(client, case, starts_on="01-07-2026", ends_on="02-08-2026")

        assert response.status_code == 422
        assert "data-errors" in response.content.decode()
        assert SituationRecord.objects.count() == 1

    def test_one_is_ended(self, client: Client, case: Case, adviser: User) -> None:
        self.say(client, case)
        said = SituationRecord.objects.get()
        values = {
            "situation": "HS5",
            "starts_on": "01-08-2026",
            "ends_on": "01-09-2026",
            "source": "worker",
            "version": "1",
        }

        response = client.post(address("situation_edit", case, said.reference), form(**values))

        assert response.status_code == 302
        said.refresh_from_db()
        assert (said.ends_on, said.version) == (date(2026, 9, 1), 2)
        stale = form(**values | {"ends_on": "02-09-2026"})
        response = client.post(address("situation_edit", case, said.reference), stale)
        assert response.status_code == 409

    def test_a_stays_own_is_refused_with_a_reason(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        stay = situation_begin(
            case=case,
            situation=Situation.SHELTER,
            starts_on=date(2026, 8, 1),
            source=Source.STAY,
            actor=None,
        )
        values = form(situation="HS5", starts_on="01-08-2026", source="citizen", version="1")

        response = client.post(address("situation_edit", case, stay.reference), values)

        assert response.status_code == 422
        assert "data-errors" in response.content.decode()

    def test_one_of_another_case_is_not_there(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        other = situation_begin(
            case=make_case(unit=unit),
            situation=Situation.SOFA,
            starts_on=date(2026, 8, 1),
            source=Source.CITIZEN,
            actor=None,
        )

        assert client.get(address("situation_edit", case, other.reference)).status_code == 404


class TestQuickNote:
    URL = "/cases/quick-note/"

    def test_what_was_opened_last_is_offered(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        client.get(address("case_detail", case))

        html = opened(client, adviser, self.URL)

        assert str(case.reference) in html

    def test_a_note_is_saved_on_the_one_chosen(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = client.post(self.URL, note(q="Sanne", case=str(case.reference)))

        assert response["Location"] == address("journal", case)
        assert Note.objects.get().case == case

    def test_without_a_choice_nothing_is_lost(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = client.post(self.URL, note(q="Sanne"))

        html = response.content.decode()
        assert response.status_code == 422
        assert str(case.reference) in html
        assert "Ringede om boligen" in html

    def test_nobody_found_is_said_at_the_field(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        response = client.post(self.URL, note(q="Findes Ikke"))

        assert response.status_code == 422
        assert 'id="id_q_error"' in response.content.decode()

    def test_htmx_gets_the_citizens_alone(self, client: Client, case: Case, adviser: User) -> None:
        headers = {**HTMX, "HX-Target": "citizens"}

        response = client.post(self.URL, {"q": "Sanne"}, headers=headers)

        html = response.content.decode()
        assert response.status_code == 200
        assert html.lstrip().startswith('<div id="citizens"')
        assert "Sanne Bay" in html

    def test_T01_anothers_case_cannot_be_chosen(
        self, client: Client, case: Case, adviser: User
    ) -> None:
        theirs = make_case(unit=make_unit())

        response = client.post(self.URL, note(case=str(theirs.reference)))

        assert response.status_code == 404
        assert not Note.objects.exists()
        assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 1

    @pytest.mark.parametrize("chosen", ["x", "\x00", "6f2d7a54-1c1b-4c57-9d3e-0a4be1f0c9aa"])
    def test_a_strange_choice_is_none(
        self, client: Client, case: Case, adviser: User, chosen: str
    ) -> None:
        assert client.post(self.URL, note(case=chosen)).status_code in (404, 422)


class TestCaseLog:
    def test_the_team_lead_reads_who_looked(
        self, client: Client, case: Case, adviser: User, unit: Unit
    ) -> None:
        client.get(address("case_detail", case))
        stranger = make_user(Role.ADVISER, name="Nysgerrig Nabo")
        client.force_login(stranger)
        client.get(address("case_detail", case))

        html = opened(client, make_user(Role.TEAM_LEAD, unit), address("case_log", case))

        assert "Line Aagaard" in html
        assert "Nysgerrig Nabo" in html
        assert AccessEntry.objects.filter(what="case_log").count() == 1

    def test_what_another_municipality_does_with_its_own_case_stays_there(
        self, client: Client, case: Case, unit: Unit
    ) -> None:
        elsewhere = make_unit()
        theirs = make_case(unit=elsewhere, citizen=case.citizen)
        client.force_login(make_user(Role.ADVISER, elsewhere, name="Fremmed Rådgiver"))
        client.get(address("case_detail", theirs))

        html = opened(client, make_user(Role.TEAM_LEAD, unit), address("case_log", case))

        assert "Fremmed Rådgiver" not in html

    @pytest.mark.parametrize("role", [Role.ADVISER, Role.SUPPORT_WORKER, Role.HYBRID])
    def test_others_do_not(self, client: Client, case: Case, unit: Unit, role: Role) -> None:
        user = make_user(role, unit)
        client.force_login(user)

        assert client.get(address("case_log", case)).status_code == 403
        assert address("case_log", case) not in opened(client, user, address("case_detail", case))

    def test_filters_and_pages(self, client: Client, case: Case, adviser: User, unit: Unit) -> None:
        for _n in range(60):
            client.get(address("journal", case))
        lead = make_user(Role.TEAM_LEAD, unit)
        url = address("case_log", case)

        first = opened(client, lead, url)
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

        assert first.count("<tr>") == 51
        assert opened(client, lead, url + following).count("<tr>") < 51
        assert opened(client, lead, url + "?action=printed").count("<tr>") == 0


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("page", ["journal", "case_log", "wish_create", "situation_create"])
def test_queries_do_not_grow(client: Client, case: Case, unit: Unit, rows: int, page: str) -> None:
    for n in range(rows):
        author = make_user(Role.ADVISER, unit)
        write(case, author, f"Notat {n}")
        journal.wish_say(case=case, words="Dør", said_on=date(2026, 1, 1), actor=author)
    client.force_login(make_user(Role.TEAM_LEAD, unit))

    assert queries(client, address(page, case)) <= 14
