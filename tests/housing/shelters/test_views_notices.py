"""The shelter's notices, the municipality's inbox, and the letter."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from cases.citizens.enums import Protection
from housing.shelters import services
from housing.shelters.enums import ActingAnswer, AdmissionRoute, DischargeTo, NoticeKind
from housing.shelters.models import Notice, Stay
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_unit
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.housing.shelters.pages import address, frozen, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

CPR = "010180-0007"


@pytest.fixture
def stay() -> Stay:
    return make_stay(
        shelter=make_shelter(name="Kilden"),
        citizen=make_citizen(name="Mads Holm", cpr=CPR),
        route=AdmissionRoute.SELF,
        reason="Sov i en opgang.",
    )


def notice_of(stay: Stay, kind: NoticeKind = NoticeKind.ADMISSION) -> Notice:
    return stay.notices.get(kind=kind)


def sent(stay: Stay) -> Notice:
    services.notice_send(notice=notice_of(stay), actor=None)
    return notice_of(stay)


def page(client: Client, name: str, query: str = "") -> str:
    response = client.get(address(name) + query)
    assert response.status_code == 200
    return response.content.decode()


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(p.extract_text() for p in PdfReader(BytesIO(pdf)).pages).split())


def test_the_shelter_sends_and_sees_that_it_is_sent(client: Client, stay: Stay) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    assert "Send orientering" in page(client, "notice_list")

    response = client.post(address("notice_send", notice_of(stay).reference))

    assert response.status_code == 302
    assert "Mads Holm" not in page(client, "notice_list")
    html = page(client, "notice_list", "?state=waiting")
    assert "Mads Holm" in html
    assert "skal svare senest" in html


def test_sending_twice_is_sending_once(client: Client, stay: Stay) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    url = address("notice_send", notice_of(stay).reference)

    first = client.post(url)
    at = notice_of(stay).sent_at
    second = client.post(url)

    assert (first.status_code, second.status_code) == (302, 302)
    assert notice_of(stay).sent_at == at


def test_a_late_notice_says_so(client: Client, stay: Stay) -> None:
    unit = stay.shelter.unit
    with frozen(datetime(2026, 8, 10, 9, 0, tzinfo=COPENHAGEN)):
        log_in(client, Role.SHELTER_STAFF, unit)
        assert "4 dage over" in page(client, "notice_list")
        sent(stay)
        assert "for sent" in page(client, "notice_list", "?state=waiting")
        assert "1 sendt på 30 dage, 1 af dem senere" in page(client, "notice_list")


def test_the_municipality_answers_from_its_inbox(client: Client, stay: Stay) -> None:
    notice = sent(stay)
    adviser = log_in(client, Role.ADVISER, stay.case.unit)
    html = page(client, "notice_inbox")
    assert "Mads Holm" in html
    assert "Sov i en opgang." in html

    response = client.post(
        address("notice_acknowledge", notice.reference),
        {"answer": "yes", "version": str(notice.version)},
    )

    assert response["Location"] == address("notice_inbox")
    assert notice_of(stay).acknowledged_by == adviser
    assert "Mads Holm" not in page(client, "notice_inbox")
    assert "Mads Holm" in page(client, "notice_inbox", "?state=done")


def test_a_no_needs_its_reason(client: Client, stay: Stay) -> None:
    notice = sent(stay)
    log_in(client, Role.TEAM_LEAD, stay.case.unit)
    url = address("notice_acknowledge", notice.reference)
    version = str(notice.version)

    refused = client.post(url, {"answer": "no", "version": version})
    assert refused.status_code == 422
    assert "Skriv hvorfor ikke" in refused.content.decode()

    client.post(url, {"answer": "no", "remark": "Flyttede til Østermark", "version": version})
    notice = notice_of(stay)
    assert (notice.answer, notice.remark) == (ActingAnswer.NO, "Flyttede til Østermark")


@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({}, "Svar"),
        ({"answer": "maybe"}, "Vælg"),
        ({"answer": "yes", "remark": "x" * 501}, "501"),
        ({"answer": "yes", "version": "0"}, "gemt"),
        ({"answer": "yes", "version": "æ"}, "gemt"),
    ],
)
def test_bad_answers_are_answered_in_a_sentence(
    client: Client, stay: Stay, posted: dict[str, str], says: str
) -> None:
    notice = sent(stay)
    log_in(client, Role.ADVISER, stay.case.unit)

    response = client.post(
        address("notice_acknowledge", notice.reference),
        {"version": str(notice.version)} | posted,
    )

    assert response.status_code == 422
    assert says in response.content.decode()
    assert notice_of(stay).acknowledged_at is None


def test_answering_what_is_answered_says_so(client: Client, stay: Stay) -> None:
    notice = sent(stay)
    log_in(client, Role.ADVISER, stay.case.unit)
    url = address("notice_acknowledge", notice.reference)
    posted = {"answer": "yes", "version": str(notice.version)}

    client.post(url, posted)
    second = client.post(url, posted)

    assert second.status_code == 422
    assert "allerede" in second.content.decode()


def test_a_discharge_is_confirmed_with_one_press(client: Client, stay: Stay) -> None:
    services.stay_discharge(
        stay=stay,
        discharged_on=date(2026, 8, 4),
        to=DischargeTo.FAMILY,
        reason="Bor hos sin søster.",
        actor=None,
    )
    notice = notice_of(stay, NoticeKind.DISCHARGE)
    services.notice_send(notice=notice, actor=None)
    notice.refresh_from_db()
    log_in(client, Role.ADVISER, stay.case.unit)
    assert "Bor hos sin søster." in page(client, "notice_inbox")

    client.post(address("notice_acknowledge", notice.reference), {"version": str(notice.version)})

    notice.refresh_from_db()
    assert notice.acknowledged_at is not None


def test_T20_the_inbox_hides_where_a_protected_citizen_stays(client: Client) -> None:
    stay = make_stay(
        shelter=make_shelter(name="Kilden"),
        citizen=make_citizen(name="Kirsten", protection=Protection.YES),
    )
    sent(stay)
    log_in(client, Role.ADVISER, stay.case.unit)

    html = page(client, "notice_inbox")

    assert "Kirsten" in html
    assert "Kilden" not in html


def test_another_municipality_sees_nothing(client: Client, stay: Stay) -> None:
    notice = sent(stay)
    log_in(client, Role.ADVISER, make_unit(takes_intake=True))

    assert "Mads Holm" not in page(client, "notice_inbox")
    for name in ("notice_acknowledge", "notice_letter"):
        assert client.get(address(name, notice.reference)).status_code == 404
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 2


def test_T04_another_shelter_neither_sees_sends_nor_prints(client: Client, stay: Stay) -> None:
    log_in(client, Role.SHELTER_LEADER, make_shelter().unit)
    reference = notice_of(stay).reference

    assert client.post(address("notice_send", reference)).status_code == 404
    assert client.get(address("notice_letter", reference)).status_code == 404
    assert client.get(address("notice_readdress", reference)).status_code == 404
    assert notice_of(stay).sent_at is None


@pytest.mark.parametrize(
    ("role", "shelters", "inbox"),
    [
        (Role.SHELTER_STAFF, 200, 403),
        (Role.ADVISER, 403, 200),
        (Role.HYBRID, 403, 200),
        (Role.TEAM_LEAD, 403, 200),
        (Role.SUPPORT_WORKER, 403, 403),
        (Role.ALLOCATOR, 403, 403),
        (Role.AUDITOR, 403, 403),
    ],
)
def test_each_list_has_its_readers(client: Client, role: Role, shelters: int, inbox: int) -> None:
    log_in(client, role, make_shelter().unit if role == Role.SHELTER_STAFF else make_unit())

    assert client.get(address("notice_list")).status_code == shelters
    assert client.get(address("notice_inbox")).status_code == inbox


def test_a_municipality_outside_the_system_gets_a_letter(client: Client) -> None:
    other = make_municipality(name="Østermark", uses_system=False)
    stay = make_stay(municipality=other)
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    reference = notice_of(stay).reference

    html = page(client, "notice_list")
    assert "Hent brevet" in html
    assert "Markér som sendt" in html
    client.post(address("notice_send", reference))
    assert "Registrér svaret" in page(client, "notice_list", "?state=waiting")
    notice = notice_of(stay)
    client.post(
        address("notice_acknowledge", reference),
        {"answer": "yes", "remark": "Ringede", "version": str(notice.version)},
    )
    assert notice_of(stay).answer == ActingAnswer.YES


def test_after_a_no_the_shelter_chooses_again(client: Client, stay: Stay) -> None:
    notice = sent(stay)
    services.notice_acknowledge(notice=notice, answer=ActingAnswer.NO, actor=None, remark="x")
    right = intake_of()
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
    assert "Vælg en anden kommune" in page(client, "notice_list", "?state=refused")
    url = address("notice_readdress", notice.reference)
    assert client.get(url).status_code == 200
    assert client.post(url, {"municipality": "zzzz"}).status_code == 422

    client.post(url, {"municipality": right.code})

    assert Stay.objects.get().case.municipality == right
    assert "Skal sendes" in page(client, "notice_list")
    again = client.post(url, {"municipality": right.code})
    assert again.status_code == 422


def test_the_letter_says_what_the_law_asks_for_and_is_logged(client: Client, stay: Stay) -> None:
    user = log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.get(address("notice_letter", notice_of(stay).reference))

    assert response["Content-Type"] == "application/pdf"
    assert "Mads" not in response["Content-Disposition"]
    text = text_of(response.content)
    for said in (
        "Orientering om indskrivning",
        "Mads Holm",
        CPR,
        "Kilden",
        "mandag 3. august 2026",
        "Sov i en opgang.",
        "torsdag 6. august 2026",
        stay.case.municipality.name,
    ):
        assert said in text.replace("\u00a0", " "), said
    printed = AccessEntry.objects.get(action=LogAction.PRINTED)
    assert (printed.user, printed.citizen_ids) == (user, [stay.citizen_id])
    assert AccessEntry.objects.filter(action=LogAction.REVEALED).exists()


def test_the_letter_of_a_citizen_without_number_names_the_birthday(client: Client) -> None:
    stay = make_stay(citizen=make_citizen(birth_date=date(1980, 5, 17)))
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    text = text_of(client.get(address("notice_letter", notice_of(stay).reference)).content)

    assert "ikke kendt" in text
    assert "17. maj 1980" in text.replace("\u00a0", " ")


def test_T05_when_all_is_done_the_letter_no_longer_tells_the_number(
    client: Client, stay: Stay
) -> None:
    services.notice_acknowledge(notice=sent(stay), answer=ActingAnswer.YES, actor=None)
    services.stay_discharge(
        stay=stay,
        discharged_on=date(2026, 8, 4),
        to=DischargeTo.FAMILY,
        reason="Bor hos sin søster.",
        actor=None,
    )
    with frozen(datetime(2026, 8, 5, 8, 0, tzinfo=COPENHAGEN)):
        log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)
        letter = client.get(address("notice_letter", notice_of(stay).reference))

    assert "0007" not in text_of(letter.content)


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("name", ["notice_list", "notice_inbox"])
def test_the_number_of_queries_does_not_grow(
    client: Client, name: str, rows: int, django_assert_max_num_queries: Any
) -> None:
    shelter = make_shelter()
    stays = [make_stay(shelter=shelter) for _ in range(rows)]
    if name == "notice_inbox":
        for stay in stays:
            sent(stay)
        log_in(client, Role.ADVISER, stays[0].case.unit)
    else:
        log_in(client, Role.SHELTER_STAFF, shelter.unit)
    client.get(address(name))

    with django_assert_max_num_queries(14):
        client.get(address(name))


def test_older_notices_are_a_page_away_and_a_broken_key_begins_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("housing.shelters.selectors.notices.PAGE", 2)
    shelter = make_shelter()
    for n in range(3):
        make_stay(shelter=shelter, citizen=make_citizen(name=f"Nummer {n}"))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    def table(query: str) -> str:
        return page(client, "notice_list", query).split("<tbody>")[1]

    first = table("")
    assert ("Nummer 0" in first, "Nummer 2" in first) == (True, False)
    older = first.split('<p><a href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Nummer 2" in table(older)
    for broken in ("x", "2026-08-06.", "2026-08-06.99999999999999999999", "2026-13-01.1"):
        assert "Nummer 0" in table(f"?after={broken}")


def test_the_letter_of_a_discharge_says_where_to(client: Client, stay: Stay) -> None:
    services.stay_discharge(
        stay=stay,
        discharged_on=date(2026, 8, 4),
        to=DischargeTo.FAMILY,
        reason="Bor hos sin søster.",
        actor=None,
    )
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    notice = notice_of(stay, NoticeKind.DISCHARGE)
    text = text_of(client.get(address("notice_letter", notice.reference)).content)

    for said in (
        "Orientering om udskrivning",
        CPR,
        "tirsdag 4. august 2026",
        "Bor hos sin søster.",
    ):
        assert said in text.replace("\u00a0", " "), said


def test_sent_from_the_resident_list_it_leads_back_there(client: Client, stay: Stay) -> None:
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    response = client.post(address("notice_send", notice_of(stay).reference), {"back": "residents"})

    assert response["Location"].startswith(address("resident_list"))


def test_who_may_not_answer_is_refused(client: Client, stay: Stay) -> None:
    notice = sent(stay)
    for role, unit in (
        (Role.SUPPORT_WORKER, stay.case.unit),
        (Role.SHELTER_STAFF, stay.shelter.unit),
    ):
        log_in(client, role, unit)
        url = address("notice_acknowledge", notice.reference)
        assert client.post(url, {"answer": "yes"}).status_code == 403
    log_in(client, Role.ADVISER, stay.case.unit)
    assert client.post(address("notice_send", notice.reference)).status_code == 403
