"""Writes: that a review was held, a hand-over agreed, or what follows decided."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.access import require_on
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import save_as
from housingfirst.events.services import record
from housingfirst.ui import words
from support.enrolments.errors import EnrolmentHasEnded
from support.enrolments.models import Enrolment
from support.methods.enums import Method
from support.milestones.enums import MilestoneKind
from support.milestones.errors import MilestoneOutsideCourse, OnlyCtiHasMilestones
from support.milestones.events import MILESTONE_HELD
from support.milestones.models import Milestone


@transaction.atomic
def milestone_hold(
    *,
    enrolment: Enrolment,
    kind: MilestoneKind,
    held_on: date,
    actor: User,
    remark: str = "",
    version: int = 0,
) -> Milestone:
    """Register one; again, it puts right what is registered, and what stood there is kept.

    `version` is the one the actor saw, 0 for none. Raises OnlyCtiHasMilestones, EnrolmentHasEnded,
    MilestoneOutsideCourse, StaleVersion.
    """
    require_on(actor, enrolment.case, Act.CASE_CHANGE)
    # One writer of the course at a time: the second press of a button finds the first one's row.
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.method != Method.CTI or enrolment.phase_1_on is None:
        raise OnlyCtiHasMilestones
    if enrolment.ended_on is not None:
        raise EnrolmentHasEnded
    if held_on < enrolment.started_on:
        started_on = words.day(enrolment.started_on, today=held_on, weekday=False)
        raise MilestoneOutsideCourse(started_on=started_on)
    milestone = Milestone.objects.filter(enrolment=enrolment, kind=kind).first()
    is_new = milestone is None
    if milestone is None:
        milestone = Milestone(enrolment=enrolment, kind=kind)
    milestone.held_on, milestone.remark, milestone.written_by = held_on, remark.strip(), actor
    save_as(actor, milestone, version=None if is_new else version)
    log(actor, LogAction.CHANGED, [enrolment.case.citizen_id], what="milestone")
    record(
        MILESTONE_HELD,
        actor=actor,
        case=enrolment.case,
        subject=milestone.reference,
        milestone=kind,
        held_on=held_on,
    )
    return milestone
