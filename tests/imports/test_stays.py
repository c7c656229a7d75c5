"""A shelter's file of stays: dry run, apply, and the same file again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.casework.enums import Situation
from cases.casework.models import Case
from cases.citizens.models import Citizen
from housing.shelters.models import Notice, ReimbursementClock, Shelter, Stay
from housingfirst.access.enums import Permission, Role, UnitKind
from housingfirst.access.models import User
from housingfirst.imports.enums import LineStatus, RunState
from housingfirst.imports.importers import Planned, importer_of
from housingfirst.imports.models import ImportRun
from housingfirst.imports.services import plan_of
from tests.access.factories import make_unit, make_user
from tests.housing.factories import make_bed, make_shelter, make_stay

pytestmark = pytest.mark.django_db

HEADER = "Løbenummer;CPR;Navn;Fødselsdato;Indskrevet;Udskrevet;Udskrevet til;Plads;Årsag"
NEW = LineStatus.NEW
SAME = LineStatus.SAME
CHANGED = LineStatus.CHANGED
ERROR = LineStatus.ERROR


def file_of(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def plan(shelter: Shelter, *rows: str) -> Sequence[Planned]:
    return plan_of(importer_of("stays"), shelter.unit, file_of(*rows), None)


def apply(shelter: Shelter, *rows: str) -> list[LineStatus]:
    planned = plan(shelter, *rows)
    importer_of("stays").apply(planned, shelter.unit, None, lambda _done: None)
    return [line.status for line in planned]


def ago(days: int) -> str:
    return (timezone.localdate() - timedelta(days=days)).strftime("%d-%m-%Y")


def test_a_row_becomes_a_stay_with_all_that_follows() -> None:
    team = make_unit(takes_intake=True)
    shelter = make_shelter(municipality=team.municipality)
    make_bed(shelter=shelter, label="101")

    statuses = apply(shelter, f"7;300280-0001;Alma Prøve;;{ago(10)};;;101;Sov i en opgang")

    stay = Stay.objects.get()
    assert statuses == [NEW]
    assert (stay.bed and stay.bed.label, stay.daily_rate_dkk) == ("101", Decimal("1450.00"))
    assert stay.citizen.cpr_opened() == "3002800001"
    assert stay.case.unit == team
    assert ReimbursementClock.objects.get(stay=stay).used == 11
    assert Notice.objects.get(stay=stay).sent_at is None
    for who in (make_user(Role.ADVISER, team), make_user(Role.SHELTER_STAFF, shelter.unit)):
        assert Case.objects.visible_to(who, Permission.VIEW).filter(pk=stay.case_id).exists()
    assert stay.history.get().history_change_reason == "import"


def test_a_case_the_file_opens_tells_where_the_citizen_slept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("housing.shelters.stay_file.apply.BATCH", 1)  # each row by itself
    today = timezone.localdate()

    apply(
        make_shelter(),
        f"2;300280-0001;Alma Prøve;;{ago(50)};;;;",
        f"1;300280-0001;Alma Prøve;;{ago(90)};{ago(60)};gade;;",
    )

    told = Case.objects.get().situations.order_by("starts_on")
    assert [(one.situation, one.starts_on, one.ends_on) for one in told] == [
        (Situation.SHELTER, today - timedelta(days=90), today - timedelta(days=60)),
        (Situation.SHELTER, today - timedelta(days=50), None),
    ]


def test_the_same_file_twice_changes_nothing() -> None:
    rows = [
        f"1;300280-0001;Alma Prøve;;{ago(90)};{ago(60)};gade;;",
        f"2;300280-0001;Alma Prøve;;{ago(50)};;;;",
        f";;Bo Uden Nummer;17-05-1980;{ago(20)};;;;",
    ]
    shelter = make_shelter()
    first = apply(shelter, *rows)
    before = list(Stay.objects.order_by("pk").values())
    events = Case.objects.count(), Citizen.objects.count()

    second = apply(shelter, *rows)

    assert (first, second) == ([NEW] * 3, [SAME] * 3)
    assert list(Stay.objects.order_by("pk").values()) == before
    assert (Case.objects.count(), Citizen.objects.count()) == events == (2, 2)


def test_a_later_file_discharges_and_ends_the_shelters_access() -> None:
    shelter = make_shelter()
    apply(shelter, f"1;300280-0001;Alma Prøve;;{ago(30)};;;;")

    statuses = apply(shelter, f"1;300280-0001;Alma Prøve;;{ago(30)};{ago(2)};egen bolig;;")

    stay = Stay.objects.get()
    assert statuses == [CHANGED]
    assert stay.discharged_on == timezone.localdate() - timedelta(days=2)
    staff = make_user(Role.SHELTER_STAFF, shelter.unit)
    assert not Case.objects.visible_to(staff).filter(pk=stay.case_id).exists()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param(";;Alma;;{today};;;;", "CPR", id="nobody-named"),
        pytest.param(";300280-0001;;;{today};;;;", "navn", id="name-missing"),
        pytest.param(";300280-0001;Alma;;;;;;", "indskrivning", id="admission-missing"),
        pytest.param(";300280-0001;Alma;;{tomorrow};;;;", "fremtiden", id="future-admission"),
        pytest.param(
            ";300280-0001;Alma;;{today};{yesterday};;;", "før indskrivningen", id="reversed"
        ),
        pytest.param(";300280-0001;Alma;;{today};;;999;", "999", id="unknown-bed"),
        pytest.param(";12;Alma;;{today};;;;", "CPR", id="wrong-cpr"),
        pytest.param(";300280-0001;Alma;;31-02-2026;;;;", "kalender", id="no-such-day"),
        pytest.param(";300280-0001;Alma;;i dag;;;;", "dato", id="not-a-date"),
        pytest.param(
            ";300280-0001;Alma;;{yesterday};{today};månen;;", "månen", id="unknown-destination"
        ),
        pytest.param(";300280-0001;{long};;{today};;;;", "tegn", id="very-long-name"),
        pytest.param(";;😀;{tomorrow};{today};;;;", "fremtiden", id="born-tomorrow"),
    ],
)
def test_a_bad_row_says_what_is_wrong_and_writes_nothing(row: str, says: str) -> None:
    shelter = make_shelter()
    filled = row.format(today=ago(0), tomorrow=ago(-1), yesterday=ago(1), long="a" * 10_000)

    [line] = plan(shelter, filled)

    assert line.status == ERROR
    assert line.number == 2
    assert says.casefold() in line.text.casefold()


def test_overlaps_are_seen_in_the_database_and_in_the_file() -> None:
    shelter, other = make_shelter(), make_shelter()
    make_bed(shelter=shelter, label="1")
    apply(other, f";300280-0001;Alma Prøve;;{ago(30)};{ago(10)};gade;;")

    statuses = [
        line.status
        for line in plan(
            shelter,
            f";300280-0001;Alma Prøve;;{ago(20)};{ago(5)};gade;;",
            f";300280-0001;Alma Prøve;;{ago(10)};{ago(5)};gade;1;",
            f";300280-0001;Alma Prøve;;{ago(6)};;;;",
            f";310280-0001;En Anden;;{ago(7)};;;1;",
            f";310280-0001;En Anden;;{ago(5)};;;1;",
        )
    ]

    assert statuses == [ERROR, NEW, ERROR, ERROR, NEW]


def test_ten_thousand_rows_cost_few_queries_to_check(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    shelter = make_shelter()
    rows = [
        f"{n};3002{n % 80:02d}-{n:04d};Borger {n};;{ago(40)};{ago(30)};gade;;" for n in range(300)
    ]

    with django_assert_max_num_queries(12):
        assert {line.status for line in plan(shelter, *rows)} == {NEW}


def upload(client: Client, shelter: Shelter, content: bytes) -> str:
    answer = client.post(
        reverse("imports:import_create", args=["stays"]),
        {"unit": shelter.unit.pk, "file": SimpleUploadedFile("ophold.csv", content)},
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def staff_of(shelter: Shelter, client: Client) -> User:
    user = make_user(Role.SHELTER_STAFF, shelter.unit)
    client.force_login(user)
    return user


def test_the_page_shows_what_would_happen_then_does_it(client: Client) -> None:
    shelter = make_shelter()
    staff_of(shelter, client)
    address = upload(
        client,
        shelter,
        file_of(f"1;300280-0001;Alma Prøve;;{ago(9)};;;;", ";;;;;;;;x", "2;12;Bo;;i går;;;;"),
    )

    report = client.get(address).content.decode()
    assert "CPR" in report
    assert not Stay.objects.exists()
    run = ImportRun.objects.get()
    client.post(reverse("imports:import_apply", args=[run.reference]))

    run.refresh_from_db()
    assert (run.state, run.content, Stay.objects.count()) == (RunState.APPLIED, None, 1)


def test_a_file_is_applied_once(client: Client) -> None:
    shelter = make_shelter()
    staff_of(shelter, client)
    upload(client, shelter, file_of(f"1;300280-0001;Alma Prøve;;{ago(9)};;;;"))
    run = ImportRun.objects.get()
    address = reverse("imports:import_apply", args=[run.reference])

    answers = [client.post(address).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Stay.objects.count() == 1


def test_what_was_registered_since_the_check_stops_the_import(client: Client) -> None:
    shelter = make_shelter()
    staff_of(shelter, client)
    upload(client, shelter, file_of(f"1;300280-0001;Alma Prøve;;{ago(9)};;;;"))
    apply(shelter, f"1;300280-0001;Alma Prøve;;{ago(9)};;;;")
    run = ImportRun.objects.get()

    client.post(reverse("imports:import_apply", args=[run.reference]))

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.problem
    assert Stay.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"Navn;Alder\nBo;7\n", "Indskrevet", id="columns-missing"),
        pytest.param(b"", "tom", id="empty"),
        pytest.param(b"\x00\x01", "CSV", id="binary"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(client: Client, content: bytes, says: str) -> None:
    shelter = make_shelter()
    staff_of(shelter, client)

    answer = client.post(
        reverse("imports:import_create", args=["stays"]),
        {"unit": shelter.unit.pk, "file": SimpleUploadedFile("x.csv", content)},
    )

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_the_file_lies_sealed_until_it_is_applied(client: Client) -> None:
    shelter = make_shelter()
    staff_of(shelter, client)
    upload(client, shelter, file_of(f"1;300280-0001;Alma Prøve;;{ago(9)};;;;"))

    assert b"300280" not in bytes(ImportRun.objects.get().content or b"")


def test_another_shelters_import_is_not_found(client: Client) -> None:
    shelter = make_shelter()
    staff_of(shelter, client)
    address = upload(client, shelter, file_of(f"1;300280-0001;Alma Prøve;;{ago(9)};;;;"))
    staff_of(make_shelter(), client)

    assert client.get(address).status_code == 404


def test_the_command_shows_then_applies(tmp_path: Path) -> None:
    shelter = make_shelter(name="Kilden")
    path = tmp_path / "kilden.csv"
    path.write_bytes(file_of(f"1;300280-0001;Alma Prøve;;{ago(9)};;;;"))
    out = StringIO()

    call_command("import_stays", str(path), unit="kilden", stdout=out)
    assert "new: 1" in out.getvalue()
    assert not Stay.objects.exists()
    call_command("import_stays", str(path), unit="kilden", apply=True, stdout=out)

    assert Stay.objects.get().shelter == shelter


def test_a_stay_without_number_is_found_by_citizen_and_day() -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3), discharged_on=None)
    citizen = stay.citizen

    [line] = plan(stay.shelter, f";;{citizen.name};{citizen.birth_date:%d-%m-%Y};03-08-2026;;;;")

    assert line.status == SAME


def test_a_unit_without_its_shelter_is_told_so_on_every_line() -> None:
    unit = make_unit(kind=UnitKind.SHELTER)

    planned = plan_of(
        importer_of("stays"), unit, file_of(f"1;300280-0001;Alma Prøve;;{ago(5)};;;;"), None
    )

    assert [line.status for line in planned] == [ERROR]
    assert "Boformen er ikke registreret endnu" in planned[0].text
