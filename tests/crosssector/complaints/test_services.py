"""A complaint: received, looked at again in four weeks, sent on, answered (RSL §§ 66 and 67)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.casework.models import Case
from crosssector.complaints.case_page import still_runs
from crosssector.complaints.enums import BoardAnswer, Complainant, Reassessment
from crosssector.complaints.errors import (
    ComplaintBeforeDecision,
    ComplaintRuns,
    NeedsReasons,
    NotAtThatStep,
    StepBeforeComplaint,
)
from crosssector.complaints.models import Stage
from crosssector.complaints.services import (
    complaint_answer,
    complaint_forward,
    complaint_register,
    complaint_withdraw,
)
from crosssector.complaints.sources import appealable_in
from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.models import Handoff
from housing.evictions.enums import HeardFrom, HelpOutcome
from housing.evictions.services import arrears_decide, arrears_register
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.law.complaints import complaint as clock_of
from support.methods.models import SupportDecision
from tests.access.factories import make_user
from tests.crosssector.complaints.complaining import (
    DAY,
    RECEIVED,
    TODAY,
    TOLD,
    complain,
    due,
    reassess,
)
from tests.crosssector.factories import make_handoff
from tests.housing.homes import make_tenancy

pytestmark = pytest.mark.django_db


class TestDeadlines:
    def test_four_weeks_to_look_again_and_to_send_it_on(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        by = clock_of(TOLD, on=TODAY, received_on=RECEIVED).reconsider_by
        assert by == RECEIVED + timedelta(weeks=4)
        assert due(decision.case) == {"complaint_reassess": by}
        reassess(row, adviser, Reassessment.UPHELD)
        assert due(decision.case) == {"complaint_forward": by}
        complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert due(decision.case) == {}
        assert row.stage is Stage.AT_BOARD

    def test_what_is_changed_is_over(self, decision: SupportDecision, adviser: User) -> None:
        row = complain(decision, adviser)
        reassess(row, adviser, Reassessment.CHANGED)
        assert due(decision.case) == {}
        assert row.stage is Stage.OVER

    def test_what_is_withdrawn_asks_for_nothing(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        complaint_withdraw(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert due(decision.case) == {}
        complain(decision, adviser)


class TestServices:
    def test_from_the_complaint_to_the_boards_answer(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        assert still_runs(decision.case)
        reassess(row, adviser, Reassessment.PARTLY)
        complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        assert still_runs(decision.case) is None
        complaint_answer(
            complaint=row,
            answer=BoardAnswer.SENT_BACK,
            on=TODAY,
            actor=adviser,
            version=row.version,
        )
        row.refresh_from_db()
        assert (row.stage, row.board_answer) == (Stage.OVER, "sent_back")

    def test_only_a_late_one_is_sent_on_unseen(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        row = complain(decision, adviser)
        with pytest.raises(NotAtThatStep):
            complaint_forward(complaint=row, on=TODAY, actor=adviser, version=row.version)
        complaint_withdraw(complaint=row, on=TODAY, actor=adviser, version=row.version)
        late = complain(decision, adviser, told_on=date(2026, 10, 1))
        complaint_forward(complaint=late, on=TODAY, actor=adviser, version=late.version)
        assert late.stage is Stage.AT_BOARD

    def test_refusals(self, decision: SupportDecision, adviser: User) -> None:
        with pytest.raises(ComplaintBeforeDecision):
            complain(decision, adviser, received_on=TOLD - DAY)
        with pytest.raises(NeedsReasons):
            complain(decision, adviser, about=" ")
        row = complain(decision, adviser)
        with pytest.raises(ComplaintRuns):
            complain(decision, adviser)
        with pytest.raises(NeedsReasons):
            reassess(row, adviser, Reassessment.UPHELD, reasons="")
        row.refresh_from_db()
        with pytest.raises(StepBeforeComplaint):
            reassess(row, adviser, Reassessment.UPHELD, on=RECEIVED - DAY)
        row.refresh_from_db()
        with pytest.raises(StaleVersion):
            reassess(row, adviser, Reassessment.UPHELD, version=9)
        row.refresh_from_db()
        with pytest.raises(NotAtThatStep):
            complaint_answer(
                complaint=row, answer=BoardAnswer.CHANGED, on=TODAY, actor=adviser, version=1
            )

    def test_who_may(self, decision: SupportDecision, adviser: User) -> None:
        row = complain(decision, adviser)
        for actor in (
            make_user(Role.SUPPORT_WORKER, decision.case.unit),
            make_user(Role.ADVISER),
        ):
            with pytest.raises(NotPermitted):
                reassess(row, actor, Reassessment.UPHELD)

    def test_a_closed_case_takes_a_complaint(
        self, decision: SupportDecision, adviser: User
    ) -> None:
        Case.objects.filter(pk=decision.case.pk).update(closed_on=TODAY)
        decision.refresh_from_db()
        assert complain(decision, adviser).stage is Stage.REASSESS


def test_every_decision_that_is_told_to_the_citizen_may_be_complained_about(
    case: Case, adviser: User, decision: SupportDecision
) -> None:
    tenancy = make_tenancy(case=case, starts_on=date(2026, 1, 1))
    owed = arrears_register(
        tenancy=tenancy, heard_on=TODAY, heard_from=HeardFrom.CITIZEN, actor=adviser
    )
    arrears_decide(
        arrears=owed,
        outcome=HelpOutcome.DECLINED,
        on=TODAY,
        text="Nej",
        actor=adviser,
        version=1,
    )
    asked = make_handoff(case=case)
    assert {one.field for one in appealable_in(case)} == {"support_decision", "arrears"}
    Handoff.objects.filter(pk=asked.pk).update(
        status=HandoffStatus.REFUSED, answered_at="2026-11-16T10:00Z", answer_text="Nej"
    )
    found = {one.field: one for one in appealable_in(case)}
    assert set(found) == {"support_decision", "arrears", "handoff"}
    for one in found.values():
        row = complaint_register(
            case=case,
            decision=one,
            told_on=one.told_on,
            received_on=TODAY,
            complainant=Complainant.CITIZEN,
            about="Jeg er uenig",
            actor=adviser,
        )
        row.refresh_from_db()
        assert row.decision_reference == one.reference
