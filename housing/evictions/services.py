"""Writes: arrears heard of, what the landlord and the court do, and the municipality's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import transaction

from cases.access import may_on, require_on
from housing.evictions.enums import STEPS, HeardFrom, HelpOutcome
from housing.evictions.errors import (
    ArrearsRun,
    DecisionNeedsText,
    EvictedBeforeCourt,
    LeaseIsOver,
    ShelteredBeforeEviction,
    StepTooEarly,
)
from housing.evictions.events import (
    ARREARS_CORRECTED,
    ARREARS_DECIDED,
    ARREARS_HEARD,
    ARREARS_STEPS,
)
from housing.evictions.models import RentArrears
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housing.tenancies.services import tenancy_end
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError
from housingfirst.events.services import record

CONSTRAINTS: Final[Mapping[str, type[DomainError]]] = {
    "housing_arrears_one_open": ArrearsRun,
    "housing_arrears_decision_says_what": DecisionNeedsText,
    "housing_arrears_ended_after_demand": StepTooEarly,
    "housing_arrears_evicted_after_filing": EvictedBeforeCourt,
    "housing_arrears_roof_after_eviction": ShelteredBeforeEviction,
}


@dataclass(frozen=True, slots=True)
class Steps:
    """What is known of the way; None has not happened. The names are those of the row."""

    amount_dkk: Decimal | None = None
    demanded_on: date | None = None
    terminated_on: date | None = None
    filed_on: date | None = None
    municipality_told_on: date | None = None
    court_told_on: date | None = None
    court_on: date | None = None
    has_child: bool = False
    need_likely: bool = True
    paid_on: date | None = None
    dismissed_on: date | None = None
    evicted_on: date | None = None
    sheltered_on: date | None = None


@transaction.atomic
def arrears_register(
    *,
    tenancy: Tenancy,
    heard_on: date,
    heard_from: HeardFrom,
    actor: User,
    amount_dkk: Decimal | None = None,
    demanded_on: date | None = None,
    remark: str = "",
) -> RentArrears:
    """Somebody told of arrears in the rent. Raises LeaseIsOver, ArrearsRun."""
    require_on(actor, tenancy.case, Act.ARREARS_WRITE)
    if tenancy.ends_on is not None:
        raise LeaseIsOver
    arrears = RentArrears(
        tenancy=tenancy,
        heard_on=heard_on,
        heard_from=heard_from,
        amount_dkk=amount_dkk,
        demanded_on=demanded_on,
        remark=remark,
        written_by=actor,
    )
    with constraint_as(CONSTRAINTS):
        save_as(actor, arrears)
    log(actor, LogAction.CHANGED, [tenancy.case.citizen_id], what="arrears")
    record(
        ARREARS_HEARD,
        actor=actor,
        case=tenancy.case,
        subject=arrears.reference,
        heard_from=heard_from,
        heard_on=heard_on,
    )
    return arrears


@transaction.atomic
def arrears_steps(*, arrears: RentArrears, steps: Steps, actor: User, version: int) -> None:
    """What the landlord and the court have done, and how it went.

    An eviction ends the lease with it, when the actor may do so. Raises StaleVersion, ArrearsRun,
    StepTooEarly, EvictedBeforeCourt, ShelteredBeforeEviction, EndsBeforeStart.
    """
    case = arrears.tenancy.case
    require_on(actor, case, Act.ARREARS_WRITE, also_closed=True)
    news = {
        name: getattr(steps, name)
        for name in STEPS
        if getattr(steps, name) is not None and getattr(arrears, name) is None
    }
    for one in fields(steps):
        setattr(arrears, one.name, getattr(steps, one.name))
    with constraint_as(CONSTRAINTS):
        save_as(actor, arrears, version=version)
    log(actor, LogAction.CHANGED, [case.citizen_id], what="arrears")
    if "evicted_on" in news:
        _end_lease(arrears.tenancy, news["evicted_on"], actor)
    kind = ARREARS_STEPS if news else ARREARS_CORRECTED
    record(kind, actor=actor, case=case, subject=arrears.reference, **news)


@transaction.atomic
def arrears_decide(
    *,
    arrears: RentArrears,
    outcome: HelpOutcome,
    on: date,
    text: str,
    actor: User,
    version: int,
) -> None:
    """What the municipality found when it considered help (RSL § 5 a).

    Raises DecisionNeedsText, StaleVersion.
    """
    case = arrears.tenancy.case
    require_on(actor, case, Act.SUPPORT_DECIDE, also_closed=True)
    arrears.considered_on = min(on, arrears.considered_on or on)
    if outcome is HelpOutcome.GRANTED:
        arrears.helped_on, arrears.declined_on = on, None
    elif outcome is HelpOutcome.DECLINED:
        arrears.declined_on, arrears.helped_on = on, None
    arrears.decision_text, arrears.decided_by = text.strip(), actor
    with constraint_as(CONSTRAINTS):
        save_as(actor, arrears, version=version)
    log(actor, LogAction.CHANGED, [case.citizen_id], what="arrears")
    record(
        ARREARS_DECIDED,
        actor=actor,
        case=case,
        subject=arrears.reference,
        outcome=outcome,
        on=on,
    )


def _end_lease(tenancy: Tenancy, evicted_on: date, actor: User) -> None:
    if tenancy.ends_on is None and may_on(actor, tenancy.case, Act.TENANCY_WRITE):
        tenancy_end(tenancy=tenancy, ends_on=evicted_on, reason=TenancyEnd.EVICTED, actor=actor)
