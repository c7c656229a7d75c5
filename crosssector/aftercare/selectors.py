"""Aftercare as pages show it: what was decided, until when, and whether it may be given today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access import may_on
from cases.casework.glance import has
from cases.casework.models import Case
from crosssector.aftercare.enums import AftercareAnswer
from crosssector.aftercare.models import AftercarePlan
from crosssector.aftercare.services import may_decide
from housing.shelters.access import may_at
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import Stay
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.base.http import Request
from housingfirst.law.aftercare import Aftercare, AftercareReason, aftercare
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision

SUPPORT: Final = (SupportSection.S85, SupportSection.S85A)
GLANCE: Final = "aftercare"
SHOWN_DAYS: Final = 400
"""Discharges so many days back may stand on the overview; the rule decides within them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the panel says. `why` is the rule's reason today; "" before the discharge."""

    severity: Severity
    state: str
    why: str
    facts: list[Fact]
    url: str
    runs: bool
    is_decided: bool
    may_decide: bool


def left_lately() -> Exists:
    """Whether somebody of the case left a § 110 shelter within SHOWN_DAYS."""
    since = timezone.localdate() - timedelta(days=SHOWN_DAYS)
    stays = Stay.objects.filter(
        case=OuterRef("pk"), discharged_on__gte=since, shelter__section=Section.S110
    )
    return Exists(stays.exclude(discharge_to=DischargeTo.DEAD))


def case_panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The overview's panel on the newest discharge; None where aftercare is not a question."""
    if not has(case, GLANCE):
        return None
    today = timezone.localdate()
    stay = (
        Stay.objects.filter(case=case, discharged_on__isnull=False, shelter__section=Section.S110)
        .exclude(discharge_to=DischargeTo.DEAD)
        .select_related("shelter", "aftercare")
        .order_by("-discharged_on", "-pk")
        .first()
    )
    if stay is None or not _may_read(request.user, case, stay):
        return None
    stay.case = case
    shown = shown_of(request.user, stay, today, knows_case=True)
    return {"shown": shown} if shown else None


def _may_read(user: User, case: Case, stay: Stay) -> bool:
    """The municipality's people, and the shelter itself; not the next shelter."""
    return Act.CASE_WHOLE in case.rights or may_at(user, stay.shelter, Act.STAY_VIEW)


def stay_panel(request: Request, stay: Stay) -> dict[str, Any] | None:
    """The panel of the stay's own page. Who no longer sees the case reads the decision alone."""
    if stay.shelter.section != Section.S110 or stay.discharge_to == DischargeTo.DEAD:
        return None
    knows = may_on(request.user, stay.case, Act.CASE_VIEW)
    shown = shown_of(request.user, stay, timezone.localdate(), knows_case=knows)
    return {"shown": shown} if shown else None


def shown_of(user: User, stay: Stay, today: date, *, knows_case: bool) -> Shown | None:
    """None long after a stay for which nothing was decided."""
    plan: AftercarePlan | None = getattr(stay, "aftercare", None)
    answered = _answer(stay, today, knows_case=knows_case) if stay.discharged_on else None
    if plan is None and answered is not None and answered.reason is AftercareReason.TIME_HAS_RUN:
        return None
    severity, state = _state(stay, plan, answered, today)
    return Shown(
        severity=severity,
        state=state,
        why=why_of(answered, today) if answered else "",
        facts=_facts(plan, today),
        url=reverse("crosssector:aftercare", args=[stay.reference]),
        runs=_runs(plan),
        is_decided=plan is not None,
        may_decide=stay.case.closed_on is None and may_decide(user, stay),
    )


def why_of(answered: Aftercare, today: date) -> str:
    """The rule's answer in words: whether it may be given, and until when."""
    months = answered.settings.max_months
    length = ngettext("%(n)d month", "%(n)d months", months) % {"n": months}
    last = words.day(answered.last_on, today=today, weekday=False)
    texts = {
        AftercareReason.MAY_BE_GIVEN: _(
            "May be given through %(last)s: %(length)s from the discharge is the municipality's"
            " choice, not settled in the law."
        ),
        AftercareReason.TIME_HAS_RUN: _(
            "The time has run: %(length)s from the discharge is the municipality's choice."
        ),
        AftercareReason.SUPPORT_HAS_TAKEN_OVER: _(
            "Support under § 85 or § 85 a runs: the hours are the support's. The contact may go on"
            " through %(last)s."
        ),
        AftercareReason.BACK_AT_SHELTER: _("The citizen stays at a shelter again."),
    }
    return words.sentence(texts[answered.reason] % {"last": last, "length": length})


def _answer(stay: Stay, today: date, *, knows_case: bool) -> Aftercare:
    """Two queries at most; none for one who may not know what has happened since."""
    assert stay.discharged_on is not None  # asked of those who have left
    support_from = readmitted_on = None
    if knows_case:
        running = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
        support_from = SupportDecision.objects.filter(
            running, case=stay.case, section__in=SUPPORT, starts_on__lte=today
        ).aggregate(first=Min("starts_on"))["first"]
        readmitted_on = Stay.objects.filter(
            citizen=stay.citizen_id, admitted_on__gte=stay.discharged_on
        ).exclude(pk=stay.pk).aggregate(first=Min("admitted_on"))["first"]  # fmt: skip
    return aftercare(
        stay.discharged_on,
        on=today,
        support_from=support_from,
        readmitted_on=readmitted_on,
        settings=choices_of(stay.case.municipality_id).aftercare,
    )


def _runs(plan: AftercarePlan | None) -> bool:
    return plan is not None and plan.answer == AftercareAnswer.ACCEPTED and plan.ended_on is None


def _state(
    stay: Stay, plan: AftercarePlan | None, answered: Aftercare | None, today: date
) -> tuple[Severity, str]:
    if plan is None:
        if answered is not None and answered.reason is not AftercareReason.MAY_BE_GIVEN:
            return "line", _("Not decided")
        return ("now" if stay.discharged_on else "soon"), _("Not decided")
    if plan.answer == AftercareAnswer.DECLINED:
        return "line", _("The citizen does not want it")
    if plan.answer == AftercareAnswer.NOT_OFFERED:
        return "line", _("Not offered")
    if plan.ended_on is not None:
        day = words.day(plan.ended_on, today=today, weekday=False)
        return "done", _("Ended %(day)s") % {"day": day}
    last_on = last_of(plan)
    if answered is not None:
        last_on = min(last_on, answered.last_on)
    day = words.day(last_on, today=today, weekday=False)
    if last_on < today:
        return "over", _("Should have ended %(day)s") % {"day": day}
    return "ok", _("Through %(day)s") % {"day": day}


def last_of(plan: AftercarePlan) -> date:
    """The last day of aftercare that the citizen wants."""
    assert plan.ends_on is not None  # a constraint: aftercare that is wanted has an end
    return plan.ends_on - timedelta(days=1)


def _facts(plan: AftercarePlan | None, today: date) -> list[Fact]:
    if plan is None:
        return []
    facts = [Fact(_("Decided"), words.day(plan.decided_on, today=today))]
    if plan.answer == AftercareAnswer.ACCEPTED:
        facts.append(Fact(_("Given by"), plan.given_by))
        facts.append(Fact(_("Last day"), words.day(last_of(plan), today=today)))
    if plan.remark:
        facts.append(Fact(_("Remark"), plan.remark))
    return facts
