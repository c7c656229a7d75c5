"""The journal's notes: what is written, by whom it is read, and what happens to bad input."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.casework import journal
from cases.casework.enums import Audience, NoteKind
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case, Note
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit, User
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.cases.journal import note
from tests.cases.pages import address, opened, queries

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("page", ["journal", "case_log", "wish_create", "situation_create"])
def test_queries_do_not_grow(client: Client, case: Case, unit: Unit, rows: int, page: str) -> None:
    for n in range(rows):
        author = make_user(Role.ADVISER, unit)
        write(case, author, f"Notat {n}")
        journal.wish_say(case=case, words="Dør", said_on=date(2026, 1, 1), actor=author)
    client.force_login(make_user(Role.TEAM_LEAD, unit))

    assert queries(client, address(page, case)) <= 14
