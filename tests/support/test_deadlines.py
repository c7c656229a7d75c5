"""The worklist's warning of CTI's next change by the calendar."""

from datetime import date, timedelta

import pytest

from cases.casework.models import Case
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_kind
from housingfirst.law.choices import SETTINGS
from housingfirst.lawbook.effects import effects_of
from housingfirst.lawbook.expressions import chosen_number
from support.enrolments.enums import EndReason
from support.enrolments.services import enrolment_end
from support.methods.enums import Method
from tests.access.factories import make_unit
from tests.cases.factories import make_case
from tests.lawbook.factories import choose
from tests.support.factories import make_decision, make_enrolment, make_worker

pytestmark = pytest.mark.django_db

CONTACT, PHASE_1 = date(2026, 12, 1), date(2026, 12, 15)


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit())


def due(on: date) -> Deadline | None:
    refresh_kind("cti_phase", on)
    return Deadline.objects.open().filter(kind="cti_phase").first()


@pytest.mark.parametrize(
    ("on", "due_on"),
    [
        pytest.param(date(2026, 12, 14), None, id="contact-has-no-end"),
        pytest.param(date(2026, 12, 15), date(2027, 3, 15), id="phase-1"),
        pytest.param(date(2027, 3, 14), date(2027, 3, 15), id="eve-of-phase-2"),
        pytest.param(date(2027, 3, 16), date(2027, 6, 15), id="phase-2"),
        pytest.param(date(2027, 6, 16), date(2027, 9, 14), id="phase-3-to-its-last-day"),
        pytest.param(date(2027, 10, 1), date(2027, 9, 14), id="waits-for-an-end"),
    ],
)
def test_the_next_change_is_due(case: Case, on: date, due_on: date | None) -> None:
    worker = make_worker(case)
    make_enrolment(case=case, worker=worker, started_on=CONTACT, phase_1_on=PHASE_1)

    deadline = due(on)

    assert (deadline.due_on if deadline else None) == due_on
    if deadline is not None:
        assert (deadline.unit, deadline.person, deadline.case) == (case.unit, worker, case)
        assert deadline.warn_from == deadline.due_on - timedelta(days=14)


def test_on_the_day_of_the_change_both_phases_are_named(case: Case) -> None:
    make_enrolment(case=case, started_on=CONTACT, phase_1_on=PHASE_1)

    due(date(2027, 3, 15))
    days = Deadline.objects.open().filter(kind="cti_phase").values_list("due_on", flat=True)

    assert sorted(days) == [date(2027, 3, 15), date(2027, 6, 15)]


def test_an_ended_course_is_due_nothing(case: Case) -> None:
    enrolment = make_enrolment(case=case, started_on=CONTACT, phase_1_on=PHASE_1)
    assert due(date(2027, 1, 1)) is not None

    enrolment_end(
        enrolment=enrolment, ended_on=date(2027, 1, 2), reason=EndReason.MOVED, actor=None
    )

    assert due(date(2027, 1, 2)) is None


def test_methods_without_phases_are_due_nothing(case: Case) -> None:
    make_enrolment(decision=make_decision(case=case, method=Method.ICM))

    assert due(date(2027, 1, 1)) is None


def test_a_case_without_a_unit_hinders_nothing() -> None:
    case = make_case(unit=make_unit())
    make_enrolment(case=case, started_on=CONTACT, phase_1_on=PHASE_1)
    Case.objects.update(unit=None)

    assert due(date(2027, 1, 1)) is None


def test_its_texts_are_whole(case: Case) -> None:
    make_enrolment(case=case, started_on=CONTACT, phase_1_on=PHASE_1)
    deadline = due(date(2027, 7, 1))
    assert deadline is not None
    kind = kind_of("cti_phase")

    for text in (kind.title, kind.why, kind.cost, kind.act, kind.source):
        assert "%" not in kind.written(text, deadline.params)
    assert str(case.reference) in kind.url(deadline)


def test_a_municipality_chooses_how_long_before_the_review_is_announced(case: Case) -> None:
    make_enrolment(case=case, started_on=CONTACT, phase_1_on=PHASE_1)
    day = date(2027, 1, 4)
    assert due(day) is not None

    choose(case.municipality, "cti.review_days", "30", today=day)

    chosen = Deadline.objects.open().get(kind="cti_phase")
    assert (chosen.due_on, chosen.warn_from) == (date(2027, 3, 15), date(2027, 2, 13))
    setting = SETTINGS["cti.review_days"]
    told = [effect.preview(case.municipality_id) for effect in effects_of(setting)]
    assert told == ["Datoerne i 1 løbende CTI-forløb regnes om."]


def test_what_is_no_number_is_not_counted_with() -> None:
    with pytest.raises(TypeError, match="no number"):
        chosen_number("reimbursement.overlap", municipality="case__municipality")
