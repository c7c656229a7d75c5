"""The panel "Plan backwards from …" of the overview: what is done, late, next, and waited for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.casework.glance import has
from cases.casework.models import Case
from crosssector.readiness.way_out import WayOut, way_out_of
from housingfirst.access.enums import Act
from housingfirst.base.http import Request
from housingfirst.law.backward import OutBy, PlanStep, Step, StepState
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words
from housingfirst.ui.figures import PlanRow, plan_drawing
from housingfirst.ui.figures.backward import Tone
from housingfirst.ui.parts import STEP_ICONS

NOW_DAYS: Final = 2
SOON_DAYS: Final = 7

LABELS: Final = {
    PlanStep.ASSESSMENT: gettext_lazy("Assessment (VUM)"),
    PlanStep.PLAN: gettext_lazy("Action plan § 142"),
    PlanStep.REFERRAL: gettext_lazy("Housing referral"),
    PlanStep.HOME: gettext_lazy("Yes to a home"),
    PlanStep.LOAN: gettext_lazy("Deposit loan"),
    PlanStep.LEASE: gettext_lazy("Lease signed"),
    PlanStep.SUPPORT: gettext_lazy("§ 85 a decision"),
    PlanStep.NOTICE: gettext_lazy("Notice of discharge"),
    PlanStep.MOVE: gettext_lazy("Moved in, discharged"),
}

_STATES: Final[dict[Tone, str]] = {
    "done": "done", "over": "late", "now": "now", "soon": "soon", "wait": "wait", "open": "open",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A step on a phone: icon, what, when; `url` is where it is taken, for who may."""

    label: str
    note: str
    icon: str
    css: str
    note_css: str
    url: str


def panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The panel's context; None without a running § 110 stay."""
    if not has(case, "stay"):
        return None
    today = timezone.localdate()
    way = way_out_of(case, today, choices_of(case.municipality_id))
    if way is None:
        return None
    steps = [step for step in way.plan.steps if _is_shown(step, case)]
    rows = [_row(step, way, today) for step in steps]
    return {
        "title": _title(way, today),
        "fact": _fact(steps, today),
        "out_label": _("discharge") if way.plan.out_by is OutBy.DISCHARGE else _("limit"),
        "drawing": plan_drawing(
            rows, today=today, out_on=way.plan.out_on, week_label=_("week %(n)d")
        ),
        "lines": [_line(step, row, case) for step, row in zip(steps, rows, strict=True)],
        "next": _next(way, case, today),
    }


def _is_shown(step: Step, case: Case) -> bool:
    """Who sees a part of the case, as a shelter, does not see its economy."""
    return step.kind is not PlanStep.LOAN or Act.CASE_WHOLE in case.rights


def _title(way: WayOut, today: date) -> str:
    day = words.day_long(way.plan.out_on, today=today, weekday=False)
    if way.plan.out_by is OutBy.DISCHARGE:
        return _("Plan backwards from the discharge on %(day)s") % {"day": day}
    return _("Plan backwards from %(day)s") % {"day": day}


def _fact(steps: Collection[Step], today: date) -> str:
    """ "2 steps are late" or "2 steps are decisive this week"."""
    late = sum(step.state is StepState.LATE for step in steps)
    if late:
        return ngettext("%(n)d step is late", "%(n)d steps are late", late) % {"n": late}
    sunday = today + timedelta(days=6 - today.weekday())
    near = sum(not step.is_settled and step.latest_on <= sunday for step in steps)
    if not near:
        return ""
    return ngettext(
        "%(n)d step is decisive this week", "%(n)d steps are decisive this week", near
    ) % {"n": near}


def _row(step: Step, way: WayOut, today: date) -> PlanRow:
    tone = _tone(step, way, today)
    return PlanRow(
        label=str(LABELS[step.kind]),
        latest_on=step.latest_on,
        note=_note(step, way, today),
        tone=tone,
        done_on=step.done_on,
        settled=step.state is StepState.OVERTAKEN,
        bold=tone in ("now", "soon", "over") and not step.is_settled,
    )


def _tone(step: Step, way: WayOut, today: date) -> Tone:
    """The mark's colour. Once the day out has passed all is late: then the next step alone is red.

    Otherwise a page of those who stay on would be red all over, and say nothing.
    """
    if step.state is StepState.LATE and way.plan.out_on < today and step != way.plan.next_step:
        return "open"
    match step.state:
        case StepState.DONE:
            return "over" if step.margin_days < 0 else "done"
        case StepState.OVERTAKEN:
            return "done"
        case StepState.LATE:
            return "over"
        case StepState.WAITING:
            return "wait"
    if step.margin_days <= NOW_DAYS:
        return "now"
    return "soon" if step.margin_days <= SOON_DAYS else "open"


def _note(step: Step, way: WayOut, today: date) -> str:
    """When it was done and how early or late; or its latest day, and what is the matter."""
    latest = words.day(step.latest_on, today=today, weekday=False)
    if step.done_on is not None:
        facts = {"day": words.day(step.done_on, today=today, weekday=False)}
        margin = words.days(abs(step.margin_days))
        if step.margin_days < 0:
            return _("%(day)s, %(days)s too late") % {**facts, "days": margin}
        if step.margin_days == 0:
            return _("%(day)s, on the last day") % facts
        return _("%(day)s, %(days)s early") % {**facts, "days": margin}
    if step.state is StepState.OVERTAKEN:
        return _("not registered, no longer needed")
    facts = {"day": latest, "days": words.days(abs(step.margin_days))}
    if step.state is StepState.LATE and _tone(step, way, today) == "over":
        text = _("by %(day)s, %(days)s over") % facts
    elif step.kind is PlanStep.REFERRAL and step.margin_days > NOW_DAYS:
        text = _("now, at the latest %(day)s") % facts
    else:
        text = _("by %(day)s") % facts
    if step.kind is PlanStep.LOAN and way.loan_with:
        return _("%(when)s, with %(unit)s") % {"when": text, "unit": way.loan_with}
    if step.kind is PlanStep.SUPPORT and step.state is not StepState.LATE:
        return _("%(when)s, missing") % {"when": text} if step.margin_days <= SOON_DAYS else text
    return text


def _line(step: Step, row: PlanRow, case: Case) -> Line:
    icon, css = STEP_ICONS[_STATES[row.tone]]
    if step.done_on is not None:
        icon = "check"
    note_css = {"over": "t-over", "now": "t-now"}.get(row.tone, "muted")
    return Line(row.label, row.note, icon, css, note_css, _url(step, case))


_ACTS: Final[dict[PlanStep, tuple[Act, str, str]]] = {
    PlanStep.ASSESSMENT: (Act.PLAN_WRITE, "cases:plan_create", "?kind=vum"),
    PlanStep.PLAN: (Act.PLAN_WRITE, "cases:plan_create", "?kind=142"),
    PlanStep.REFERRAL: (Act.REFERRAL_WRITE, "housing:referral_edit", ""),
    PlanStep.HOME: (Act.REFERRAL_VIEW, "housing:housing_tab", ""),
    PlanStep.LOAN: (Act.HANDOFF_ASK, "crosssector:handoff_tab", ""),
    PlanStep.LEASE: (Act.TENANCY_WRITE, "housing:housing_tab", ""),
    PlanStep.SUPPORT: (Act.SUPPORT_DECIDE, "support:decision_create", ""),
}
"""Where a step is taken, and by whom; the shelter takes the last two on its own pages."""

_ACT_LABELS: Final[dict[PlanStep, Callable[[], str]]] = {
    PlanStep.ASSESSMENT: lambda: _("Register the assessment"),
    PlanStep.PLAN: lambda: _("Register the plan"),
    PlanStep.REFERRAL: lambda: _("Write the referral"),
    PlanStep.HOME: lambda: _("See the home"),
    PlanStep.LOAN: lambda: _("See the handoffs"),
    PlanStep.LEASE: lambda: _("See the home"),
    PlanStep.SUPPORT: lambda: _("Decide on support"),
}


def _url(step: Step, case: Case) -> str:
    if step.is_settled or case.closed_on is not None or step.kind not in _ACTS:
        return ""
    act, name, query = _ACTS[step.kind]
    return reverse(name, args=[case.reference]) + query if act in case.rights else ""


def _next(way: WayOut, case: Case, today: date) -> dict[str, str] | None:
    """The step to take now, in words, with the act that takes it for who may."""
    step = way.plan.next_step
    if step is None or not _is_shown(step, case):
        return None
    url = _url(step, case)
    return {
        "label": str(LABELS[step.kind]),
        "note": f"{_note(step, way, today)}.".replace("..", "."),
        "url": url,
        "act": _ACT_LABELS[step.kind]() if url else "",
    }
