"""A discharge that is planned: the municipality is told before it happens (SEL § 110, stk. 7)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from housing.shelters import rules
from housing.shelters.access import require_at
from housing.shelters.enums import DischargeTo, NoticeKind
from housing.shelters.errors import AlreadyDischarged, PlanNotAhead
from housing.shelters.events import DISCHARGE_PLANNED, PLAN_DROPPED
from housing.shelters.models import Notice, Stay
from housing.shelters.services.held import stay_held
from housingfirst.access.models import User
from housingfirst.base.db import save_as
from housingfirst.events.services import record
from housingfirst.lawbook.selectors import choices_of


@transaction.atomic
def discharge_plan(
    *,
    stay: Stay,
    planned_on: date,
    to: DischargeTo,
    reason: str,
    actor: User | None,
    version: int | None = None,
) -> Notice:
    """The resident is to leave on `planned_on`, a later day; the notice can be sent at once.

    Planned anew, another day or reason is a new notice to send. Raises AlreadyDischarged,
    PlanNotAhead, StaleVersion.
    """
    require_at(actor, stay.shelter)
    if stay.discharged_on is not None:
        raise AlreadyDischarged
    if planned_on <= timezone.localdate():
        raise PlanNotAhead
    is_new = said(stay) != (planned_on, to, reason)
    stay.discharge_planned_on, stay.discharge_to, stay.discharge_reason = planned_on, to, reason
    save_as(actor, stay, version=version, reason="discharge planned")
    notice = discharge_notice(stay, planned_on, actor, is_new=is_new)
    record(
        DISCHARGE_PLANNED,
        actor=actor,
        case=stay.case,
        subject=stay.reference,
        planned_on=planned_on,
        to=to.value,
    )
    return notice


@transaction.atomic
def plan_drop(*, stay: Stay, actor: User | None) -> None:
    """The resident stays on. A notice that was sent is taken back; its history keeps it."""
    require_at(actor, stay.shelter)
    stay = stay_held(stay)
    if stay.leaves_on is None:
        return
    stay.discharge_planned_on, stay.discharge_to, stay.discharge_reason = None, "", ""
    save_as(actor, stay, reason="plan dropped")
    stay.notices.filter(kind=NoticeKind.DISCHARGE).delete()
    record(PLAN_DROPPED, actor=actor, case=stay.case, subject=stay.reference)


def said(stay: Stay) -> tuple[date | None, str, str]:
    """What a notice of discharge tells of the stay (R-110-8)."""
    on = stay.discharged_on or stay.discharge_planned_on
    return on, stay.discharge_to, stay.discharge_reason


def discharge_notice(stay: Stay, decided_on: date, actor: User | None, *, is_new: bool) -> Notice:
    """The stay's notice of discharge: the one that was sent, unless it tells another thing now."""
    notice = Notice.objects.select_for_update().filter(stay=stay, kind=NoticeKind.DISCHARGE).first()
    if notice is not None and not is_new:
        return notice
    notice = notice or Notice(stay=stay, kind=NoticeKind.DISCHARGE)
    notice.municipality = stay.case.municipality
    notice.decided_on = decided_on
    notice.due_on = rules.notice_due_on(
        NoticeKind.DISCHARGE, decided_on, choices_of(stay.case.municipality_id).calendar
    )
    notice.sent_at = notice.sent_by = None
    notice.acknowledged_at = notice.acknowledged_by = None
    notice.remark = ""
    save_as(actor, notice, reason="discharge")
    return notice
