"""The overview: what it shows, what it hides, what it logs, what it costs."""

import uuid
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from cases.casework import journal, summary, whereabouts
from cases.casework.enums import Audience, NoteKind, Situation, Source
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case
from cases.casework.situations import situation_begin
from cases.casework.summary import Around, Decision
from cases.casework.whereabouts import Place
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, Unit, User
from housingfirst.events.kinds import Category
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.cases.pages import HTMX, address, opened, queries

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 17)
PLACE = "Herberget på Kajen"


@pytest.fixture
def unit() -> Unit:
    return make_unit(name="Hjemløseteamet")


@pytest.fixture
def adviser(unit: Unit) -> User:
    return make_user(Role.ADVISER, unit, name="Line Aagaard")


@pytest.fixture
def shelter(unit: Unit) -> Unit:
    return make_unit(kind=UnitKind.SHELTER, municipality=unit.municipality, name=PLACE)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whereabouts, "_FINDERS", {})
    whereabouts.register_place("test", 1, lambda case, day: Place(PLACE, "værelse 104"))


def make_open_case(unit: Unit, *, protection: Protection = Protection.NO) -> Case:
    return make_case(unit=unit, citizen=make_citizen(name="Sanne Bay", protection=protection))


def note(case: Case, actor: User, text: str, audience: Audience = Audience.CASE) -> None:
    journal.note_write(
        case=case,
        kind=NoteKind.PHONE,
        happened_at=timezone.now(),
        text=text,
        audience=audience,
        is_important=False,
        form_key=uuid.uuid4(),
        actor=actor,
    )


def event(case: Case, category: Category, *, unit: Unit | None = None, **data: object) -> Event:
    """An event of a kind that no app has registered any more: its category is its sentence."""
    return Event.objects.create(
        kind=f"gone.{category}",
        category=category,
        at=timezone.now(),
        case=case,
        unit=unit,
        data=data,
    )


def test_the_newest_wish_stands_there_with_its_writer(
    client: Client, unit: Unit, adviser: User
) -> None:
    case = make_open_case(unit)
    journal.wish_say(case=case, words="En altan", said_on=date(2026, 9, 1), actor=adviser)
    journal.wish_say(case=case, words="Min egen dør", said_on=date(2026, 10, 6), actor=adviser)

    html = opened(client, adviser, address("case_detail", case))

    assert "»Min egen dør«" in html
    assert "En altan" not in html
    assert html.index("Min egen dør") < html.index('id="timeline"')


def test_where_she_slept_is_told_newest_first(client: Client, unit: Unit, adviser: User) -> None:
    case = make_open_case(unit)
    for situation, day in [(Situation.STREET, 1), (Situation.SOFA, 20)]:
        situation_begin(
            case=case,
            situation=situation,
            starts_on=date(2026, 8, day),
            source=Source.CITIZEN,
            actor=adviser,
        )

    html = opened(client, adviser, address("case_detail", case))

    panel = html[html.index('id="place"') - 600 :]
    assert panel.index(str(Situation.SOFA.label)) < panel.index(str(Situation.STREET.label))


def test_decisions_and_people_of_other_apps_are_shown(
    client: Client, unit: Unit, adviser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "_DECISIONS", {})
    monkeypatch.setattr(summary, "_PEOPLE", {})
    summary.register_decisions("test", 1, lambda case, day: [Decision("§ 85 a", "mangler")])
    summary.register_people("test", 1, lambda case, day: [Around("Mads Ryvang", "CTI")])

    html = opened(client, adviser, address("case_detail", make_open_case(unit)))

    assert "§ 85 a" in html
    assert "Mads Ryvang" in html


@pytest.mark.usefixtures("place")
class TestThePlace:
    def test_it_is_shown_when_nothing_is_protected(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        assert PLACE in opened(client, adviser, address("case_detail", make_open_case(unit)))

    @pytest.mark.parametrize("protection", [Protection.YES, Protection.UNKNOWN])
    @pytest.mark.parametrize("page", ["case_detail", "case_print", "journal", "place_reveal"])
    def test_T19_a_protected_one_is_in_no_page(
        self,
        client: Client,
        unit: Unit,
        adviser: User,
        shelter: Unit,
        protection: Protection,
        page: str,
    ) -> None:
        case = make_open_case(unit, protection=protection)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        note(case, make_user(Role.SHELTER_STAFF, shelter), "Kom godt ind")
        event(case, Category.STAY, place=PLACE)
        situation_begin(
            case=case,
            situation=Situation.SHELTER,
            starts_on=date(2026, 9, 14),
            source=Source.STAY,
            actor=None,
            remark=PLACE,
        )

        assert PLACE not in opened(client, adviser, address(page, case))

    def test_T19_the_access_log_does_not_name_the_shelter(
        self, client: Client, unit: Unit, shelter: Unit
    ) -> None:
        case = make_open_case(unit, protection=Protection.YES)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        note(case, make_user(Role.SHELTER_STAFF, shelter, name="Gitte Ravnholt"), "Kom godt ind")

        html = opened(client, make_user(Role.TEAM_LEAD, unit), address("case_log", case))

        assert "Gitte Ravnholt" in html
        assert PLACE not in html

    def test_it_is_revealed_to_who_says_why(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        case = make_open_case(unit, protection=Protection.YES)
        client.force_login(adviser)

        response = client.post(address("place_reveal", case), {"reason": "visit"})

        assert PLACE in response.content.decode()
        entry = AccessEntry.objects.get(action=LogAction.REVEALED)
        assert (entry.what, entry.detail, entry.citizen_ids) == (
            "place",
            "visit",
            [case.citizen_id],
        )

    @pytest.mark.parametrize("reason", ["", "curious", "visit\x00"])
    def test_it_stays_hidden_without_a_reason(
        self, client: Client, unit: Unit, adviser: User, reason: str
    ) -> None:
        case = make_open_case(unit, protection=Protection.YES)
        client.force_login(adviser)

        response = client.post(address("place_reveal", case), {"reason": reason})

        assert response.status_code == 422
        assert PLACE not in response.content.decode()
        assert not AccessEntry.objects.filter(action=LogAction.REVEALED).exists()

    def test_htmx_gets_the_place_alone(self, client: Client, unit: Unit, adviser: User) -> None:
        case = make_open_case(unit, protection=Protection.YES)
        client.force_login(adviser)

        response = client.post(address("place_reveal", case), {"reason": "plan"}, headers=HTMX)

        html = response.content.decode()
        assert html.lstrip().startswith('<div id="place"')
        assert PLACE in html


class TestCprReveal:
    CPR = "150583-4008"

    def url(self, unit: Unit) -> tuple[Case, str]:
        case = make_case(unit=unit, citizen=make_citizen(cpr=self.CPR))
        return case, address("cpr_reveal", case)

    def test_it_is_not_in_the_page_until_asked_for(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        case, url = self.url(unit)

        html = opened(client, adviser, address("case_detail", case))

        assert self.CPR not in html
        assert "4008" not in html
        assert url in html

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
    def test_it_is_shown_and_logged(
        self, client: Client, unit: Unit, adviser: User, headers: dict[str, str]
    ) -> None:
        case, url = self.url(unit)
        client.force_login(adviser)

        response = client.post(url, headers=headers)

        assert self.CPR in response.content.decode()
        assert response["Cache-Control"] == "no-store"
        entry = AccessEntry.objects.get(action=LogAction.REVEALED)
        assert (entry.what, entry.citizen_ids) == ("cpr", [case.citizen_id])

    def test_looking_is_an_act(self, client: Client, unit: Unit, adviser: User) -> None:
        _case, url = self.url(unit)
        client.force_login(adviser)

        assert client.get(url).status_code == 405

    def test_T01_not_to_others(self, client: Client, unit: Unit) -> None:
        _case, url = self.url(unit)
        client.force_login(make_user(Role.ADVISER))

        assert client.post(url).status_code == 404


class TestPrint:
    def test_it_is_logged_as_a_print(self, client: Client, unit: Unit, adviser: User) -> None:
        case = make_open_case(unit)

        html = opened(client, adviser, address("case_print", case))

        assert "Line Aagaard" in html
        assert 'id="timeline"' not in html
        assert AccessEntry.objects.get(action=LogAction.PRINTED).citizen_ids == [case.citizen_id]


class TestTimeline:
    def test_newest_first_and_older_on_the_next_page(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        case = make_open_case(unit)
        for n in range(15):
            note(case, adviser, f"Notat nummer {n:02d}.")

        html = opened(client, adviser, address("case_detail", case))

        assert html.index("nummer 14") < html.index("nummer 13")
        assert "nummer 02" not in html
        older = html.split('id="timeline-more"')[1].split('href="')[1].split('"')[0]
        html = opened(client, adviser, address("case_detail", case) + older)
        assert "nummer 02" in html
        assert "nummer 14" not in html

    @pytest.mark.parametrize(
        ("show", "shown"),
        [
            ("", {"vigtig", "kontakt"}),
            ("important", {"vigtig"}),
            ("contact", {"kontakt"}),
            ("case", {"vigtig"}),
            ("support", set()),
            ("nonsense", {"vigtig", "kontakt"}),
        ],
    )
    def test_filters(
        self, client: Client, unit: Unit, adviser: User, show: str, shown: set[str]
    ) -> None:
        case = make_open_case(unit)
        note(case, adviser, "kontakt")
        journal.wish_say(case=case, words="Min egen dør", said_on=TODAY, actor=adviser)

        html = opened(client, adviser, f"{address('case_detail', case)}?show={show}")
        html = html.split('id="timeline"')[1]

        wish = "Borgerens ønske" in html or "wish written down" in html
        assert (wish, ">kontakt<" in html) == ("vigtig" in shown, "kontakt" in shown)

    def test_htmx_gets_the_timeline_alone(self, client: Client, unit: Unit, adviser: User) -> None:
        case = make_open_case(unit)
        headers = {**HTMX, "HX-Target": "timeline"}

        html = opened(client, adviser, address("case_detail", case), **headers)

        assert html.lstrip().startswith('<div id="timeline"')
        assert AccessEntry.objects.filter(what="timeline").count() == 1

    def test_a_protected_place_is_not_named(
        self, client: Client, unit: Unit, adviser: User
    ) -> None:
        case = make_open_case(unit)
        event(case, Category.STAY, place=PLACE)
        url = address("case_detail", case)

        assert PLACE in opened(client, adviser, url)
        Citizen.objects.filter(pk=case.citizen_id).update(protection=Protection.YES)
        assert PLACE not in opened(client, adviser, url)

    def test_a_note_for_another_unit_is_not_told_of(
        self, client: Client, unit: Unit, adviser: User, shelter: Unit
    ) -> None:
        case = make_open_case(unit)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        worker = make_user(Role.SHELTER_STAFF, shelter, name="Gitte Ravnholt")
        note(case, worker, "Kun til os selv", Audience.UNIT)

        timeline = opened(client, adviser, address("case_detail", case)).split('id="timeline"')[1]

        assert "Kun til os selv" not in timeline
        assert "Gitte Ravnholt" not in timeline

    def test_a_shelter_sees_stays_housing_and_its_own(
        self, client: Client, unit: Unit, adviser: User, shelter: Unit
    ) -> None:
        case = make_open_case(unit)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
        numbers = count(1)
        for category in Category:
            event(case, category, unit=unit, place=f"sted-{category}-{next(numbers)}")
        event(case, Category.CONTACT, unit=shelter, place="sted-eget")

        html = opened(client, make_user(Role.SHELTER_STAFF, shelter), address("case_detail", case))

        seen = {word.split("<")[0] for word in html.split("sted-")[1:]}
        assert seen == {"stay-2", "housing-3", "eget"}

    @pytest.mark.parametrize("after", ["x", "0", "6f2d7a54-1c1b-4c57-9d3e-0a4be1f0c9aa", "%00"])
    def test_an_older_page_that_is_not_there_is_the_first(
        self, client: Client, unit: Unit, adviser: User, after: str
    ) -> None:
        case = make_open_case(unit)
        note(case, adviser, "Ringede")

        assert "Ringede" in opened(client, adviser, f"{address('case_detail', case)}?after={after}")


def test_T31_without_a_log_there_is_no_page(client: Client, unit: Unit, adviser: User) -> None:
    case = make_open_case(unit)
    client.force_login(adviser)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_log() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;"
            "CREATE TRIGGER no_log BEFORE INSERT ON access_entry"
            " FOR EACH ROW EXECUTE FUNCTION no_log()"
        )
    client.raise_request_exception = False

    response = client.get(address("case_detail", case))

    assert response.status_code >= 500
    assert "Sanne" not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_overview_takes_the_same_queries_however_much_there_is(
    client: Client, unit: Unit, adviser: User, rows: int
) -> None:
    case = make_open_case(unit)
    for n in range(rows):
        note(case, adviser, f"Notat {n}")
        journal.wish_say(case=case, words="Dør", said_on=TODAY, actor=adviser)
        situation_begin(
            case=case,
            situation=Situation.SOFA,
            starts_on=TODAY - timedelta(days=n * 10),
            source=Source.CITIZEN,
            actor=adviser,
        )
        shelter = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, shelter, RESIDENCE, reason="stay", actor=None)
    client.force_login(adviser)

    assert queries(client, address("case_detail", case)) <= 15
