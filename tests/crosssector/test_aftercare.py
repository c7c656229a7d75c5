"""Aftercare: decided at a discharge, within the municipality's limit, and not forgotten."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.casework.errors import CaseIsClosed
from cases.models import Case
from crosssector.aftercare import errors, services
from crosssector.aftercare.deadlines import ENDS, UNDECIDED
from crosssector.aftercare.enums import AftercareAnswer
from crosssector.aftercare.models import AftercarePlan
from crosssector.aftercare.selectors import shown_of
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import sweep
from housingfirst.law.choices import SETTINGS
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.effects import effects_of
from tests.access.factories import make_user
from tests.housing.factories import make_shelter, make_stay
from tests.lawbook.factories import choose
from tests.reading import read
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

ADMITTED, LEFT = date(2026, 8, 3), date(2026, 10, 30)
LAST_ALLOWED = date(2027, 10, 29)


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime.combine(day, time(12), COPENHAGEN), tick=False)


@pytest.fixture
def stay() -> Stay:
    with on(LEFT):
        stay = make_stay(admitted_on=ADMITTED, discharged_on=LEFT)
    return stay


@pytest.fixture
def staff(stay: Stay) -> User:
    return make_user(Role.SHELTER_STAFF, stay.shelter.unit)


def decide(
    stay: Stay,
    staff: User,
    answer: AftercareAnswer = AftercareAnswer.ACCEPTED,
    **values: object,
) -> AftercarePlan:
    told: dict[str, object] = {"today": LEFT, "decided_on": LEFT, "remark": "Besøg hver uge"}
    if answer == AftercareAnswer.ACCEPTED:
        told |= {"given_by": "Gitte", "last_on": date(2027, 1, 31)}
    return services.aftercare_decide(
        stay=stay,
        answer=answer,
        actor=staff,
        **{**told, **values},  # type: ignore[arg-type]  # named by the test
    )


def due(kind: str, day: date) -> list[Deadline]:
    sweep(day)
    return list(Deadline.objects.open().filter(kind=kind))


def test_a_discharge_without_an_answer_is_asked_about(stay: Stay) -> None:
    (deadline,) = due(UNDECIDED, LEFT)

    assert (deadline.unit, deadline.case) == (stay.shelter.unit, stay.case)
    assert deadline.due_on == LEFT + timedelta(days=7)
    kind = kind_of(UNDECIDED)
    assert kind.url(deadline) == reverse("crosssector:aftercare", args=[stay.reference])
    assert "30. okt." in kind.written(kind.why, deadline.params).replace("\xa0", " ")
    assert due(UNDECIDED, LEFT + timedelta(days=90)) == [deadline]
    assert due(UNDECIDED, LEFT + timedelta(days=91)) == []


@pytest.mark.parametrize("answer", list(AftercareAnswer))
def test_an_answer_closes_the_question_at_once(
    stay: Stay, staff: User, answer: AftercareAnswer
) -> None:
    assert due(UNDECIDED, LEFT)

    with on(LEFT):
        decide(stay, staff, answer)

    assert not Deadline.objects.open().filter(kind=UNDECIDED).exists()


@pytest.mark.parametrize("to", [DischargeTo.DEAD, DischargeTo.OTHER_SHELTER])
def test_who_died_or_moved_on_to_a_shelter_is_not_asked_about(stay: Stay, to: DischargeTo) -> None:
    Stay.objects.filter(pk=stay.pk).update(discharge_to=to)

    assert due(UNDECIDED, LEFT) == []


def test_support_or_a_new_stay_takes_the_place_of_the_question(stay: Stay) -> None:
    make_decision(case=stay.case, decided_on=LEFT, starts_on=LEFT + timedelta(days=9))
    assert due(UNDECIDED, LEFT + timedelta(days=8))
    assert due(UNDECIDED, LEFT + timedelta(days=9)) == []


def test_who_is_back_is_not_asked_about(stay: Stay) -> None:
    with on(LEFT + timedelta(days=5)):
        make_stay(citizen=stay.citizen, admitted_on=LEFT + timedelta(days=5))

    assert due(UNDECIDED, LEFT + timedelta(days=5)) == []


def test_other_places_than_shelters_have_none() -> None:
    with on(LEFT):
        place = make_shelter(section=Section.S109)
        other = make_stay(shelter=place, admitted_on=ADMITTED, discharged_on=LEFT)
        leader = make_user(Role.SHELTER_LEADER, other.shelter.unit)

    assert due(UNDECIDED, LEFT) == []
    with pytest.raises(errors.OnlyAfterShelter):
        decide(other, leader)


def test_the_end_is_told_before_and_closed_when_it_is_registered(stay: Stay, staff: User) -> None:
    with on(LEFT):
        decide(stay, staff)

    (deadline,) = due(ENDS, LEFT)
    assert deadline.due_on == date(2027, 1, 31)
    assert deadline.warn_from == date(2027, 1, 1)
    kind = kind_of(ENDS)
    assert "Gitte" in kind.written(kind.why, deadline.params)

    with on(date(2027, 1, 20)):
        services.aftercare_end(stay=stay, ended_on=date(2027, 1, 20), actor=staff)
    assert due(ENDS, date(2027, 1, 20)) == []
    with pytest.raises(errors.NoAftercareRuns):
        services.aftercare_end(stay=stay, ended_on=date(2027, 1, 20), actor=staff)


def test_a_shorter_limit_moves_the_end_of_what_runs(stay: Stay, staff: User) -> None:
    with on(LEFT):
        decide(stay, staff, last_on=LAST_ALLOWED)
        sweep(LEFT)
        place = stay.case.municipality
        told = [effect.preview(place.pk) for effect in effects_of(SETTINGS["aftercare.max_months"])]
        choose(place, "aftercare.max_months", "2", today=LEFT)

    (deadline,) = Deadline.objects.open().filter(kind=ENDS)
    assert deadline.due_on == date(2026, 12, 29)
    assert any("1 " in text for text in told)


def test_without_months_nobody_is_asked(stay: Stay, staff: User) -> None:
    with on(LEFT):
        choose(stay.case.municipality, "aftercare.max_months", "0", today=LEFT)
        with pytest.raises(errors.NotGivenHere):
            decide(stay, staff)

    assert due(UNDECIDED, LEFT) == []


@pytest.mark.parametrize(
    ("answer", "values", "error"),
    [
        pytest.param("accepted", {"given_by": " "}, errors.GiverMissing, id="nobody"),
        pytest.param("accepted", {"last_on": None}, errors.EndMissing, id="no-end"),
        pytest.param(
            "accepted", {"last_on": LEFT - timedelta(days=1)}, errors.EndsTooEarly, id="early"
        ),
        pytest.param(
            *("accepted", {"last_on": LAST_ALLOWED + timedelta(days=1)}, errors.EndsTooLate),
            id="late",
        ),
        pytest.param("not_offered", {"remark": ""}, errors.WhyNotMissing, id="no-reason"),
    ],
)
def test_what_cannot_be_registered(
    stay: Stay, staff: User, answer: str, values: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        decide(stay, staff, AftercareAnswer(answer), **values)


def test_a_closed_case_is_not_asked_and_takes_nothing_new(stay: Stay, staff: User) -> None:
    Case.objects.filter(pk=stay.case_id).update(closed_on=LEFT)

    assert due(UNDECIDED, LEFT) == []
    with pytest.raises(CaseIsClosed):
        decide(stay, staff)


def test_two_at_once_and_another_shelter(stay: Stay, staff: User) -> None:
    plan = decide(stay, staff, AftercareAnswer.DECLINED)
    decide(stay, staff, version=plan.version)

    with pytest.raises(StaleVersion):
        decide(stay, staff, version=plan.version)
    with pytest.raises(NotPermitted):
        decide(stay, make_user(Role.SHELTER_STAFF, make_shelter().unit))


def test_why_it_may_be_given_or_not(stay: Stay, staff: User) -> None:
    def why(day: date) -> str:
        found = Stay.objects.select_related("shelter__unit", "case").get(pk=stay.pk)
        shown = shown_of(staff, found, day, knows_case=True)
        return shown.why.replace("\xa0", " ") if shown else ""

    assert "12 måneder fra udskrivningen er kommunens valg" in why(LEFT)
    assert why(LAST_ALLOWED + timedelta(days=1)) == ""
    make_decision(case=stay.case, decided_on=LEFT, starts_on=LEFT + timedelta(days=3))
    assert "timerne er støttens" in why(LEFT + timedelta(days=3))
    with on(LEFT + timedelta(days=9)):
        make_stay(citizen=stay.citizen, admitted_on=LEFT + timedelta(days=9))
    assert "på en boform igen" in why(LEFT + timedelta(days=9))


def test_the_pages(client: Client, staff: User, stay: Stay) -> None:
    with on(LEFT):
        client.force_login(staff)
        address = reverse("crosssector:aftercare", args=[stay.reference])
        assert "Tag stilling til efterforsorg" in read(
            client.get(reverse("housing:stay_detail", args=[stay.reference]))
        )
        wrong = client.post(address, {"answer": "accepted", "decided_on": "30-10-2026"})
        assert wrong.status_code == 422
        assert "Skriv, hvem der giver efterforsorgen" in read(wrong)
        response = client.post(
            address,
            {
                "answer": "accepted", "decided_on": "30-10-2026", "given_by": "Gitte, 22 11 22 11",
                "last_on": "31-01-2027", "remark": "",
            },
        )  # fmt: skip
        assert response.status_code == 302
        assert "Til og med 31. jan. 2027" in read(client.get(address))
        adviser = make_user(Role.ADVISER, stay.case.unit)
        client.force_login(adviser)
        case = read(client.get(reverse("cases:case_detail", args=[stay.case.reference])))
        assert "Efterforsorg" in case
        assert "Gitte, 22 11 22 11" in case
        client.post(reverse("crosssector:aftercare_end", args=[stay.reference]))
        assert AftercarePlan.objects.get().ended_on == LEFT


def test_others_do_not_find_it(client: Client, stay: Stay) -> None:
    client.force_login(make_user(Role.SHELTER_STAFF, make_shelter().unit))

    assert client.get(reverse("crosssector:aftercare", args=[stay.reference])).status_code == 404


def test_the_next_shelter_does_not_read_what_the_last_one_gives(
    client: Client, stay: Stay, staff: User
) -> None:
    with on(LEFT + timedelta(days=2)):
        decide(stay, staff)
        again = make_stay(
            citizen=stay.citizen,
            municipality=stay.case.municipality,
            admitted_on=LEFT + timedelta(days=2),
        )
        client.force_login(make_user(Role.SHELTER_STAFF, again.shelter.unit))
        page = client.get(reverse("cases:case_detail", args=[again.case.reference]))
        assert page.status_code == 200
        assert "Gitte" not in read(page)
