"""The tab of a case where decisions, courses and contacts stand together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from cases.access import case_for
from cases.casework.glance import has
from cases.casework.header import case_context
from cases.casework.models import Case
from cases.casework.remedies import Decided, remedies_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request
from housingfirst.law.cti import DEFAULT_CTI
from housingfirst.lawbook.selectors import choices_of
from support.enrolments.course import Course, course_on
from support.enrolments.selectors import enrolments_in
from support.methods.enums import SupportSection
from support.methods.hints import DecisionHint, Draft, hints_for
from support.methods.models import SupportDecision
from support.milestones.selectors import milestones_of
from support.visits.selectors import contacts_in, is_quiet, last_contact_in

CONTACTS_SHOWN = 12


@require_GET
def support_tab(request: Request, case_reference: UUID) -> HttpResponse:
    """The running course first, with what comes next; then contacts, decisions, what was before.

    A shelter sees that support is decided and runs; reasons and contacts are the municipality's.
    """
    case = case_for(request.user, case_reference)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="support")
    context = case_context(request, case, "support")
    today = context["today"]
    enrolments = list(enrolments_in(case, request.user))
    contacts = list(contacts_in(case, request.user)[: CONTACTS_SHOWN + 1])
    held = last_contact_in(case, request.user, contacts)
    last_on = held.happened_on if held else None
    open_ = [e for e in enrolments if e.ended_on is None]
    settings = choices_of(case.municipality_id).cti if open_ else DEFAULT_CTI
    running = [course_on(e, today, settings) for e in open_]
    decisions = list(
        SupportDecision.objects.visible_to(request.user)
        .filter(case=case)
        .select_related("decided_by")
        .order_by("-decided_on", "-pk")
    )
    sees_whole = Act.CASE_WHOLE in case.rights
    milestones = milestones_of(running)
    context |= {
        "running": running,
        "milestones": [
            (course, lines) for course in running if (lines := milestones.get(course.enrolment.pk))
        ],
        "main": running[0] if running else None,
        "ended": [e for e in enrolments if e.ended_on is not None],
        "decisions": decisions,
        "remedies": remedies_of(
            case, (Decided(one.reference, one.decided_on) for one in decisions), today
        ),
        "hints": _hints(case, decisions[0]) if decisions and sees_whole else [],
        "started": {e.decision_id for e in enrolments},
        "contacts": contacts[:CONTACTS_SHOWN],
        "has_more_contacts": len(contacts) > CONTACTS_SHOWN,
        "sees_whole": sees_whole,
        "last_contact_on": last_on,
        "is_silent": bool(running) and is_quiet(running[0].enrolment, last_on, today),
    }
    return render(request, "support/tab.html", context)


def _hints(case: Case, decision: SupportDecision) -> list[DecisionHint]:
    """What the newest decision means for the reimbursement, as the stays now stand."""
    made = Draft(
        case,
        SupportSection(decision.section),
        decision.decided_on,
        decision.monthly_cost_dkk,
        is_made=True,
    )
    return hints_for(made)


def course_panel(request: Request, case: Case) -> dict[str, Course] | None:
    """The overview's panel: the running course of CTI, or nothing."""
    if not has(case, "enrolment"):
        return None
    for enrolment in enrolments_in(case, request.user):
        if enrolment.ended_on is None:
            settings = choices_of(case.municipality_id).cti
            return {"course": course_on(enrolment, timezone.localdate(), settings)}
    return None
