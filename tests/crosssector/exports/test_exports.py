"""Files with many people (security T13): a reason, a second person, a day, and never one's own."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from unittest import mock

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from crosssector.exports.enums import ExportReason
from crosssector.exports.errors import ExportHasRunOut, OwnExport
from crosssector.exports.models import ExportRequest
from crosssector.exports.services import export_approve, export_ask
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, Unit, User
from housingfirst.base.errors import NotPermitted
from tests.access.factories import make_unit, make_user
from tests.crosssector.insight.factories import make_resident
from tests.reading import read

pytestmark = pytest.mark.django_db

FILE = reverse("crosssector:resident_stock_export")
ASK = reverse("crosssector:resident_stock_ask")
LIST = reverse("crosssector:export_list")


@pytest.fixture(autouse=True)
def _two_are_many() -> Iterator[None]:
    with (
        mock.patch("crosssector.insight.views.residents.FREE_PERSONS", 2),
    ):
        yield


@pytest.fixture
def unit() -> Unit:
    unit = make_unit()
    for _n in range(3):
        make_resident(unit=unit, left=5)
    return unit


@pytest.fixture
def lead(unit: Unit, client: Client) -> User:
    user = make_user(Role.TEAM_LEAD, unit, name="Hanne Grønvang")
    client.force_login(user)
    return user


@pytest.fixture
def second(unit: Unit) -> User:
    return make_user(Role.TEAM_LEAD, unit, name="Gitte Overgaard")


def asked(lead: User, unit: Unit, *, persons: int = 3, query: str = "") -> ExportRequest:
    return export_ask(
        what="resident_stock",
        query=query,
        persons=persons,
        reason=ExportReason.STEERING,
        municipality=unit.municipality,
        actor=lead,
    )


def fetch(client: Client, export: ExportRequest, query: str = "") -> int:
    return client.get(f"{FILE}?{query}&approval={export.reference}").status_code


def test_a_small_file_is_fetched_at_once(client: Client, unit: Unit, lead: User) -> None:
    with mock.patch("crosssector.insight.views.residents.FREE_PERSONS", 3):
        assert client.get(FILE).status_code == 200
        assert client.get(ASK).status_code == 302


def test_without_approval_there_is_no_file(client: Client, unit: Unit, lead: User) -> None:
    response = client.get(f"{FILE}?b=near")

    assert response["Location"] == f"{ASK}?b=near"
    assert not AccessEntry.objects.filter(action=LogAction.EXPORTED).exists()


def test_asked_approved_and_fetched(client: Client, unit: Unit, lead: User, second: User) -> None:
    done = client.post(f"{ASK}?b=near", {"reason": "reimbursement"}, follow=True)
    assert "Venter på en anden teamleder" in read(done)
    export = ExportRequest.objects.get()
    assert fetch(client, export, "b=near") == 302
    client.force_login(second)
    html = read(client.get(LIST))
    assert "Hanne Grønvang" in html
    assert "Refusion og regnskab" in html
    client.post(reverse("crosssector:export_approve", args=[export.reference]))

    client.force_login(lead)
    html = read(client.get(LIST))
    assert "Godkendt af Gitte Overgaard" in html
    response = client.get(f"{FILE}?b=near&approval={export.reference}")

    assert response.status_code == 200
    book = load_workbook(BytesIO(response.content))
    assert str(export.reference) in str(book.properties.creator)
    entry = AccessEntry.objects.get(action=LogAction.EXPORTED)
    assert len(entry.citizen_ids) == 3
    assert entry.detail == f"3 rows, reimbursement, {export.reference}"


def test_nobody_approves_their_own(client: Client, unit: Unit, lead: User) -> None:
    export = asked(lead, unit)
    with pytest.raises(OwnExport):
        export_approve(request=export, actor=lead)

    url = reverse("crosssector:export_approve", args=[export.reference])
    assert "Ingen godkender sin egen" in read(client.post(url, follow=True)).replace(
        "ingen", "Ingen"
    )
    assert fetch(client, export) == 302


def test_the_database_holds_two_people(unit: Unit, lead: User) -> None:
    export = asked(lead, unit)
    export.approved_by, export.approved_at = lead, timezone.now()

    with pytest.raises(IntegrityError):
        export.save()


def test_it_holds_a_day_for_the_same_list_and_person(
    client: Client, unit: Unit, lead: User, second: User
) -> None:
    export = asked(lead, unit)
    export_approve(request=export, actor=second)

    assert fetch(client, export) == 200
    assert fetch(client, export, "b=near") == 302
    client.force_login(second)
    assert fetch(client, export) == 302
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1), tick=False):
        client.force_login(lead)
        assert fetch(client, export) == 302


def test_a_list_that_has_grown_is_another_file(
    client: Client, unit: Unit, lead: User, second: User
) -> None:
    export = asked(lead, unit)
    export_approve(request=export, actor=second)
    make_resident(unit=unit, left=5)

    assert fetch(client, export) == 302


def test_nobody_approves_what_has_run_out(unit: Unit, lead: User, second: User) -> None:
    export = asked(lead, unit)
    later = timezone.now() + timedelta(hours=25)

    with time_machine.travel(later, tick=False), pytest.raises(ExportHasRunOut):
        export_approve(request=export, actor=second)


def test_another_municipality_neither_sees_nor_approves(
    client: Client, unit: Unit, lead: User
) -> None:
    export = asked(lead, unit)
    other = make_user(Role.TEAM_LEAD, make_unit())
    with pytest.raises(NotPermitted):
        export_approve(request=export, actor=other)
    client.force_login(other)

    assert "Hanne Grønvang" not in read(client.get(LIST))
    url = reverse("crosssector:export_approve", args=[export.reference])
    assert client.post(url).status_code == 404


def test_without_a_reason_it_is_asked_for(client: Client, unit: Unit, lead: User) -> None:
    response = client.post(ASK, {})

    assert response.status_code == 422
    assert not ExportRequest.objects.exists()


@pytest.mark.parametrize("approval", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_forged_approval_is_none(client: Client, unit: Unit, lead: User, approval: str) -> None:
    assert client.get(f"{FILE}?approval={approval}").status_code == 302
