"""What support tells on the overview of a case, and in the list of citizens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework.models import Case
from cases.casework.path import path_of, with_path
from support.methods.enums import Method, SupportSection
from tests.access.factories import make_unit
from tests.cases.factories import make_case, make_citizen
from tests.housing.factories import make_stay
from tests.reading import read
from tests.support.factories import (
    make_adviser,
    make_decision,
    make_enrolment,
    make_visit,
    make_worker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit(), opened_on=timezone.localdate() - timedelta(days=300))


def overview(client: Client, case: Case) -> str:
    client.force_login(make_adviser(case))
    return read(client.get(reverse("cases:case_detail", args=[case.reference])))


def is_decided(case: Case) -> bool:
    row = with_path(Case.objects.filter(pk=case.pk)).get()
    return next(done for step, done in path_of(row).taken if step.key == "support")


def test_a_decision_takes_the_step_of_the_way_home(case: Case) -> None:
    assert not is_decided(case)

    make_decision(case=case, decided_on=timezone.localdate())

    assert is_decided(case)


def test_the_overview_names_decision_course_and_worker(client: Client, case: Case) -> None:
    today = timezone.localdate()
    worker = make_worker(case, name="Mads Ryvang")
    make_enrolment(
        decision=make_decision(case=case, decided_on=today),
        worker=worker,
        started_on=today - timedelta(days=9),
    )
    make_decision(case=case, section=SupportSection.S85, method=Method.GENERAL, decided_on=today)

    html = overview(client, case)

    assert "§ 85 a, CTI" in html
    assert "§ 85, Almindelig bostøtte" in html
    assert "Bostøttemedarbejder, CTI" in html
    assert html.count("Mads Ryvang") >= 2


def test_the_overview_says_that_a_decision_is_missing_while_it_counts(client: Client) -> None:
    stay = make_stay(admitted_on=timezone.localdate() - timedelta(days=20))

    assert "Ikke afgjort" in overview(client, stay.case)
    make_decision(case=stay.case, decided_on=timezone.localdate())
    assert "Ikke afgjort" not in overview(client, stay.case)


def test_nothing_is_missing_without_a_stay(client: Client, case: Case) -> None:
    assert "Ikke afgjort" not in overview(client, case)


def test_a_visit_stands_in_the_timeline(client: Client, case: Case) -> None:
    make_visit(case=case, worker=make_worker(case, name="Mads Ryvang"))

    assert "Besøg: mødtes" in overview(client, case)


def test_the_courses_one_carries_are_ones_own_citizens(client: Client, case: Case) -> None:
    today = timezone.localdate()
    worker = make_worker(case)
    other = make_case(
        unit=case.unit, citizen=make_citizen(name="Gerda Andens"), opened_on=case.opened_on
    )
    mine = make_case(
        unit=case.unit, citizen=make_citizen(name="Hugo Min"), opened_on=case.opened_on
    )
    make_enrolment(decision=make_decision(case=mine, decided_on=today), worker=worker)
    client.force_login(worker)

    html = read(client.get(reverse("cases:case_list"), {"who": "mine"}))

    assert "Hugo Min" in html
    assert other.citizen.name not in html
