"""Writes: that an assessment or a plan was made, and putting that right."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from cases.access import require_on
from cases.casework.models import Case
from cases.plans.enums import Participation, PlanKind
from cases.plans.errors import FollowUpBeforePlan, PlanMadeAlready, PlanSaysNothing
from cases.plans.events import PLAN_CORRECTED, PLAN_DECLINED, PLAN_MADE
from cases.plans.models import PlanRecord
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record

CONSTRAINTS: Final = {
    "cases_plan_once_a_day": PlanMadeAlready,
    "cases_plan_says_something": PlanSaysNothing,
    "cases_plan_follow_up_after_it": FollowUpBeforePlan,
}


@transaction.atomic
def plan_register(
    *,
    case: Case,
    kind: PlanKind,
    made_on: date,
    participation: Participation,
    actor: User,
    present: str = "",
    provider_wish: str = "",
    text: str = "",
    lies_at: str = "",
    follow_up_on: date | None = None,
) -> PlanRecord:
    """An assessment or a plan was made on `made_on`, or offered and declined.

    Raises PlanSaysNothing, FollowUpBeforePlan, PlanMadeAlready.
    """
    require_on(actor, case, Act.PLAN_WRITE)
    plan = PlanRecord(case=case, written_by=actor)
    _fill(plan, kind, made_on, participation, present, provider_wish, text, lies_at, follow_up_on)
    with constraint_as(CONSTRAINTS):
        save_as(actor, plan)
    _tell(plan, actor, PLAN_MADE if plan.is_made else PLAN_DECLINED)
    return plan


@transaction.atomic
def plan_correct(
    *,
    plan: PlanRecord,
    kind: PlanKind,
    made_on: date,
    participation: Participation,
    actor: User,
    version: int,
    present: str = "",
    provider_wish: str = "",
    text: str = "",
    lies_at: str = "",
    follow_up_on: date | None = None,
) -> None:
    """Put right what is registered; what stood there is kept. Raises StaleVersion and as above."""
    require_on(actor, plan.case, Act.PLAN_WRITE, also_closed=True)
    _fill(plan, kind, made_on, participation, present, provider_wish, text, lies_at, follow_up_on)
    with constraint_as(CONSTRAINTS):
        save_as(actor, plan, version=version)
    _tell(plan, actor, PLAN_CORRECTED)


def _fill(
    plan: PlanRecord,
    kind: PlanKind,
    made_on: date,
    participation: Participation,
    present: str,
    provider_wish: str,
    text: str,
    lies_at: str,
    follow_up_on: date | None,
) -> None:
    plan.kind, plan.made_on, plan.participation = kind, made_on, participation
    plan.present, plan.provider_wish = present.strip(), provider_wish.strip()
    plan.text, plan.lies_at, plan.follow_up_on = text.strip(), lies_at.strip(), follow_up_on


def _tell(plan: PlanRecord, actor: User, event: str) -> None:
    log(actor, LogAction.CHANGED, [plan.case.citizen_id], what="plan")
    record(
        event,
        actor=actor,
        case=plan.case,
        subject=plan.reference,
        plan_kind=plan.kind,
        made_on=plan.made_on,
    )
