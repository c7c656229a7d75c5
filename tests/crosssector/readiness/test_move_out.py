"""May the municipality discharge? The conditions of § 110, stk. 5, from a case's own facts."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.casework.models import Case
from housing.shelters.models import Stay
from housing.tenancies.services import tenancy_register
from housingfirst.access.enums import Role
from support.methods.enums import Method, SupportSection
from tests.access.factories import make_user
from tests.cases.factories import make_plan
from tests.housing.factories import make_stay
from tests.housing.homes import make_tenancy
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def stay() -> Stay:
    return make_stay(admitted_on=date(2026, 8, 3))


def page(client: Client, case: Case, role: Role = Role.ADVISER) -> str:
    client.force_login(make_user(role, case.unit))
    response = client.get(reverse("crosssector:move_out", args=[case.reference]))
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_without_anything_all_is_missing_and_may_be_put_right(client: Client, stay: Stay) -> None:
    with time_machine.travel(NOW):
        html = page(client, stay.case)

    assert "Ikke endnu" in html
    assert "Der er ikke registreret en plan." in html
    assert "Borgeren har ingen lejekontrakt" in html
    assert "Der er ikke truffet afgørelse om støtte." in html
    assert "Lejekontrakten er ikke underskrevet." in html
    assert reverse("support:decision_create", args=[stay.case.reference]) in html


def test_J1_step_by_step(client: Client, stay: Stay) -> None:
    case = stay.case
    with time_machine.travel(NOW):
        make_plan(case=case, actor=make_user(Role.ADVISER, case.unit), made_on=date(2026, 9, 1))
        lease = make_tenancy(case=case, starts_on=date(2026, 12, 15))
        make_decision(case=case, decided_on=date(2026, 11, 26), starts_on=date(2026, 12, 14))
        unsigned = page(client, case)
        tenancy_register(
            tenancy=lease,
            signed_on=date(2026, 11, 23),
            keys_on=None,
            actor=make_user(Role.ADVISER, case.unit),
            version=lease.version,
        )
        html = page(client, case)

    assert "Ikke endnu" in unsigned
    assert "Lejekontrakten er ikke underskrevet." in unsigned
    assert "Alt er opfyldt" in html
    assert "<b>tirs. 15. dec.</b>" in html
    assert "Handleplan § 142, 1. sep." in html
    assert "§ 85 a afgjort 26. nov., fra 14. dec." in html
    assert "Lejekontrakt underskrevet 23. nov." in html
    assert "Gælder ikke" in html  # nr. 5


def test_J4_to_a_facility(client: Client, stay: Stay) -> None:
    case = stay.case
    with time_machine.travel(NOW):
        make_plan(case=case, actor=make_user(Role.ADVISER, case.unit), made_on=date(2026, 9, 1))
        make_decision(
            case=case,
            section=SupportSection.S107,
            method=Method.FACILITY,
            decided_on=date(2026, 11, 24),
            starts_on=date(2026, 12, 1),
        )
        html = page(client, case)

    assert "til et tilbud efter § 107" in html
    assert "Alt er opfyldt" in html
    assert "<b>tirs. 1. dec.</b>" in html


def test_the_overview_leads_there_for_who_sees_the_whole_case(client: Client, stay: Stay) -> None:
    with time_machine.travel(NOW):
        url = reverse("crosssector:move_out", args=[stay.case.reference])
        overview = reverse("cases:case_detail", args=[stay.case.reference])
        client.force_login(make_user(Role.ADVISER, stay.case.unit))
        seen = client.get(overview).content.decode()
        client.force_login(make_user(Role.SHELTER_STAFF, stay.shelter.unit))
        at_shelter = client.get(overview).content.decode()
        refused = client.get(url)

    assert url in seen
    assert url not in at_shelter
    assert refused.status_code in (403, 404)


def test_a_bounded_number_of_queries(client: Client, stay: Stay) -> None:
    with time_machine.travel(NOW):
        for n in range(12):
            make_decision(case=stay.case, decided_on=date(2026, 8, 4 + n))
        page(client, stay.case)
        url = reverse("crosssector:move_out", args=[stay.case.reference])
        with CaptureQueriesContext(connection) as queries:
            client.get(url)

    assert len(queries) <= 17  # the test's own savepoint and release among them
