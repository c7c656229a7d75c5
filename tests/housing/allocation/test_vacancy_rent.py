"""Vacancy rent and the time to answer: by rule unless agreed; and the deadlines of both."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from housing.allocation import jobs
from housing.allocation.vacancy_deadlines import RENT, TENANT
from housing.supply import services
from housing.supply.enums import DwellingKind, VacancyEnd
from housing.supply.models import Dwelling, Vacancy
from housingfirst.access.models import Municipality
from housingfirst.deadlines.kinds import WAITS_FOR, kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import sweep
from housingfirst.law.choices import SETTINGS
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.effects import effects_of
from tests.housing.homes import Town, make_vacancy
from tests.lawbook.factories import choose
from tests.reading import read

pytestmark = pytest.mark.django_db

REPORTED = date(2026, 11, 20)
FREE = date(2026, 12, 1)
NOON = datetime.combine(REPORTED, time(12), COPENHAGEN)


def vacancy_in(municipality: Municipality, **agreed: object) -> Vacancy:
    return make_vacancy(
        municipality=municipality,
        reported_on=REPORTED,
        available_from=FREE,
        **agreed,  # type: ignore[arg-type]  # named by the test
    )


def due(kind: str, day: date) -> list[Deadline]:
    sweep(day)
    return list(Deadline.objects.open().filter(kind=kind).order_by("due_on", "pk"))


def test_the_rule_holds_where_nothing_is_agreed(town: Town) -> None:
    vacancy = vacancy_in(town.municipality)

    assert vacancy.answer_by is not None
    assert timezone.localtime(vacancy.answer_by).date() == date(2026, 12, 2)
    assert vacancy.vacancy_rent_from == FREE
    assert (vacancy.answer_agreed_by, vacancy.rent_agreed_from) == (None, None)


def test_what_is_agreed_goes_before_the_rule(town: Town) -> None:
    at = NOON + timedelta(days=3)
    vacancy = vacancy_in(
        town.municipality, answer_by=at, vacancy_rent_from=FREE + timedelta(days=14)
    )

    assert (vacancy.answer_by, vacancy.vacancy_rent_from) == (at, FREE + timedelta(days=14))


def test_the_rule_is_for_social_family_dwellings(town: Town) -> None:
    dwelling = vacancy_in(town.municipality).dwelling
    Vacancy.objects.all().delete()
    Dwelling.objects.filter(pk=dwelling.pk).update(kind=DwellingKind.PRIVATE)
    dwelling.refresh_from_db()

    vacancy = make_vacancy(dwelling=dwelling, reported_on=REPORTED, available_from=FREE)

    assert (vacancy.answer_by, vacancy.vacancy_rent_from) == (None, None)
    assert vacancy.vacancy_rent_to(FREE + timedelta(days=60)) == 0


def test_another_choice_moves_the_open_ones_that_nothing_is_agreed_of(town: Town) -> None:
    ours = vacancy_in(town.municipality)
    agreed = vacancy_in(town.municipality, vacancy_rent_from=FREE)
    theirs = vacancy_in(Town().municipality)
    with time_machine.travel(NOON, tick=False):
        key = "allocation.vacancy_rent_from"
        told = [effect.preview(town.municipality.pk) for effect in effects_of(SETTINGS[key])]
        choose(town.municipality, key, "day_after", today=REPORTED)
        choose(town.municipality, "allocation.answer_working_days", "3", today=REPORTED)

    for vacancy in (ours, agreed, theirs):
        vacancy.refresh_from_db()
    assert any("2 " in text for text in told)
    days = [vacancy.vacancy_rent_from for vacancy in (ours, agreed, theirs)]
    assert days == [FREE + timedelta(days=1), FREE, FREE]
    answers = [timezone.localdate(v.answer_by) for v in (ours, theirs) if v.answer_by]
    assert answers == [date(2026, 11, 25), date(2026, 12, 2)]
    newest = ours.history.order_by("-history_id")[0]
    assert newest.history_change_reason == "the municipality's rule"


def test_the_allocators_are_told_before_the_rent_runs_and_while_it_does(town: Town) -> None:
    vacancy = vacancy_in(town.municipality)

    (deadline,) = due(RENT, REPORTED)

    unit = town.allocator.home_unit
    assert (deadline.unit, deadline.case, deadline.due_on) == (unit, None, FREE)
    assert deadline.warn_from == FREE - timedelta(days=7)
    assert deadline.weekly_cost_dkk == Decimal("1035.62")  # 4,500 kr. a month
    kind = kind_of(RENT)
    assert str(vacancy.reference) in kind.url(deadline)
    assert "1. dec." in read_title(deadline)
    assert vacancy.dwelling.address not in str(deadline.params)
    assert due(RENT, FREE + timedelta(days=40)) == [deadline]


@pytest.mark.parametrize("ended", [VacancyEnd.RETURNED_RENT, VacancyEnd.WITHDRAWN])
def test_closed_when_the_dwelling_is_given_back(town: Town, ended: VacancyEnd) -> None:
    vacancy = vacancy_in(town.municipality)
    assert due(RENT, REPORTED)
    assert due(TENANT, REPORTED)

    services.vacancy_close(vacancy=vacancy, ended=ended, closed_on=REPORTED, actor=None)

    assert due(RENT, REPORTED) == []
    assert due(TENANT, REPORTED) == []


def test_while_it_is_offered_the_answer_is_waited_for(town: Town) -> None:
    vacancy = town.vacancy()
    today = timezone.localdate()
    (deadline,) = due(RENT, today)
    assert deadline.params[WAITS_FOR] == ""
    (asks,) = due(TENANT, today)
    assert asks.due_at == vacancy.answer_by

    town.offer(vacancy, town.waiting())

    (deadline,) = due(RENT, today)
    assert deadline.params[WAITS_FOR] == town.unit.name
    assert "svar" in read_title(deadline)
    assert due(TENANT, today) == []


def read_title(deadline: Deadline) -> str:
    kind = kind_of(deadline.kind)
    return kind.written(kind.title, deadline.params).replace("\xa0", " ")


def test_the_job_brings_them_up_to_date_without_a_sweep(town: Town) -> None:
    vacancy_in(town.municipality)

    assert jobs.vacancies_refresh() == 2
    assert jobs.vacancies_refresh() == 0


def test_many_changes_at_once_ask_for_one_run(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked: list[dict[str, int]] = []
    monkeypatch.setattr(jobs.vacancies_refresh, "apply_async", lambda **how: asked.append(how))
    cache.delete("vacancy_deadlines")

    with django_capture_on_commit_callbacks(execute=True):
        town.vacancy()
        services.vacancy_close(
            vacancy=town.vacancy(),
            ended=VacancyEnd.WITHDRAWN,
            closed_on=timezone.localdate(),
            actor=None,
        )

    assert asked == [{"countdown": 2}]
    jobs.vacancies_refresh()
    with django_capture_on_commit_callbacks(execute=True):
        town.vacancy()
    assert len(asked) == 2


def test_the_pages_say_what_it_costs_from_when_and_why(client: Client, town: Town) -> None:
    today = timezone.localdate()
    vacancy = town.vacancy(available_from=today - timedelta(days=6))
    client.force_login(town.allocator)

    page = read(client.get(reverse("housing:vacancy_detail", args=[vacancy.reference])))
    board = read(client.get(reverse("housing:allocation_board")))

    assert "1.036 kr. om ugen" in page
    assert "Fra den dag, boligen kan overtages" in page
    assert "kommunens valg" in page
    assert "8 hverdage efter meldingen" in page
    assert "1.036 kr. mere om ugen" in board

    choose(town.municipality, "allocation.vacancy_rent_from", "day_after", today=today)

    page = read(client.get(reverse("housing:vacancy_detail", args=[vacancy.reference])))
    assert "Fra dagen efter, at boligen kan overtages" in page
