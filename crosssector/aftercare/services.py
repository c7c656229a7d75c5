"""Writes: what is decided on aftercare, and its end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from cases.access import may_on, require_open
from crosssector.aftercare.enums import AftercareAnswer
from crosssector.aftercare.errors import (
    EndMissing,
    EndsTooEarly,
    EndsTooLate,
    GiverMissing,
    NoAftercareRuns,
    NotGivenHere,
    OnlyAfterShelter,
    WhyNotMissing,
)
from crosssector.aftercare.events import AFTERCARE_DECIDED, AFTERCARE_ENDED
from crosssector.aftercare.models import AftercarePlan
from housing.shelters.access import may_at
from housing.shelters.enums import Section
from housing.shelters.models import Stay
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.db import save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record
from housingfirst.law.aftercare import Aftercare, aftercare
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words

if TYPE_CHECKING:
    from housingfirst.access.models import User


def may_decide(user: User, stay: Stay) -> bool:
    """The shelter of the stay, and the municipality's advisers on the case."""
    return may_at(user, stay.shelter) or may_on(user, stay.case, Act.PLAN_WRITE)


def limits_of(stay: Stay, today: date) -> Aftercare:
    """The days it may be given in: from the discharge, the planned one, or today's."""
    from_day = stay.discharged_on or stay.leaves_on or today
    settings = choices_of(stay.case.municipality_id).aftercare
    return aftercare(from_day, on=today, settings=settings)


@transaction.atomic
def aftercare_decide(
    *,
    stay: Stay,
    answer: AftercareAnswer,
    decided_on: date,
    actor: User,
    today: date,
    given_by: str = "",
    last_on: date | None = None,
    remark: str = "",
    version: int | None = None,
) -> AftercarePlan:
    """Aftercare is offered or not; again, with the `version` the actor saw, it is put right.

    `given_by` and `last_on` belong to aftercare that the citizen wants. Raises NotPermitted,
    OnlyAfterShelter, NotGivenHere, GiverMissing, EndMissing, EndsTooEarly, EndsTooLate,
    WhyNotMissing, StaleVersion, and CaseIsClosed where nothing is registered yet.
    """
    if not may_decide(actor, stay):
        raise NotPermitted
    if stay.shelter.section != Section.S110:
        raise OnlyAfterShelter
    known = AftercarePlan.objects.filter(stay=stay)
    if not known.exists():
        require_open(stay.case)
    Stay.objects.select_for_update(of=("self",), no_key=True).get(pk=stay.pk)
    plan = known.first() or AftercarePlan(stay_id=stay.pk)
    plan.answer = answer
    plan.decided_on = decided_on
    plan.decided_by = actor
    plan.remark = remark.strip()
    plan.ended_on = None
    plan.given_by, plan.ends_on = "", None
    if answer == AftercareAnswer.ACCEPTED:
        plan.given_by = given_by.strip()
        plan.ends_on = _ends_on(stay, plan.given_by, last_on, today)
    elif answer == AftercareAnswer.NOT_OFFERED and not plan.remark:
        raise WhyNotMissing
    save_as(actor, plan, version=None if plan._state.adding else version)
    log(actor, LogAction.CHANGED, [stay.citizen_id], what="aftercare")
    record(
        AFTERCARE_DECIDED, actor=actor, case=stay.case, subject=plan.reference, answer=answer.value
    )
    return plan


@transaction.atomic
def aftercare_end(*, stay: Stay, ended_on: date, actor: User) -> None:
    """It has ended, in time or before. Raises NotPermitted, NoAftercareRuns."""
    if not may_decide(actor, stay):
        raise NotPermitted
    plan = AftercarePlan.objects.select_for_update(of=("self",)).filter(stay=stay).first()
    if plan is None or plan.answer != AftercareAnswer.ACCEPTED or plan.ended_on is not None:
        raise NoAftercareRuns
    plan.ended_on = ended_on
    save_as(actor, plan, reason="ended")
    log(actor, LogAction.CHANGED, [stay.citizen_id], what="aftercare")
    record(AFTERCARE_ENDED, actor=actor, case=stay.case, subject=plan.reference)


def _ends_on(stay: Stay, given_by: str, last_on: date | None, today: date) -> date:
    limits = limits_of(stay, today)
    if not limits.settings.max_months:
        raise NotGivenHere
    if not given_by:
        raise GiverMissing
    if last_on is None:
        raise EndMissing
    if last_on < limits.starts_on:
        raise EndsTooEarly(day=words.day_as_typed(limits.starts_on))
    if last_on > limits.last_on:
        raise EndsTooLate(day=words.day_as_typed(limits.last_on))
    return last_on + timedelta(days=1)
