"""Pages about complaints: one registered on a decision, and its way to Ankestyrelsen and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import case_for, rights_on
from cases.casework.header import case_context
from cases.casework.models import Case
from cases.casework.remedies import Decided
from crosssector.complaints import services
from crosssector.complaints.clock import clock, is_late, remedies, said
from crosssector.complaints.enums import BoardAnswer, Complainant, Reassessment
from crosssector.complaints.forms import (
    AnswerForm,
    ComplaintForm,
    ForwardForm,
    ReassessForm,
    ToldForm,
)
from crosssector.complaints.models import Complaint, Stage
from crosssector.complaints.sources import Appealable, appealable_in
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms import Form
from housingfirst.ui.forms.once import once
from housingfirst.ui.told import told

Write = Callable[[Complaint, Mapping[str, Any], User, int], None]


def _reassess(row: Complaint, given: Mapping[str, Any], actor: User, version: int) -> None:
    services.complaint_reassess(
        complaint=row,
        outcome=Reassessment(given["outcome"]),
        on=given["on"],
        reasons=given["text"],
        actor=actor,
        version=version,
    )


def _forward(row: Complaint, given: Mapping[str, Any], actor: User, version: int) -> None:
    services.complaint_forward(complaint=row, on=given["on"], actor=actor, version=version)


def _answer(row: Complaint, given: Mapping[str, Any], actor: User, version: int) -> None:
    services.complaint_answer(
        complaint=row,
        answer=BoardAnswer(given["answer"]),
        on=given["on"],
        text=given["text"],
        actor=actor,
        version=version,
    )


STEPS: Final[Mapping[Stage, tuple[type[Form], Write]]] = {
    Stage.REASSESS: (ReassessForm, _reassess),
    Stage.FORWARD: (ForwardForm, _forward),
    Stage.AT_BOARD: (AnswerForm, _answer),
}


@require_GET
def complaints(request: Request, case_reference: UUID) -> HttpResponse:
    """Every decision that may be complained about, until when, and the complaints there are."""
    case = case_for(request.user, case_reference, Act.CASE_WHOLE)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="complaints")
    context = case_context(request, case, "overview")
    decisions = appealable_in(case)
    decided = [Decided(one.reference, one.decided_on) for one in decisions]
    found = remedies(case, decided, context["today"])
    context |= {"rows": [(one, found[one.reference]) for one in decisions]}
    return render(request, "crosssector/complaints/list.html", context)


@require_http_methods(["GET", "POST"])
def complaint_new(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """A complaint about one decision of the case has come."""
    case, decision = _decision(request, case_reference, reference)
    today = timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    form = ComplaintForm(posted, initial={"told_on": decision.told_on, "received_on": today})
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    row = services.complaint_register(
                        case=case,
                        decision=decision,
                        actor=request.user,
                        **given | {"complainant": Complainant(given["complainant"])},
                    )
                    sent.result = _address(row)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The complaint is registered."))
            return redirect(sent.address)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="complaint")
    context = case_context(request, case, "overview") | {
        "form": form,
        "decision": decision,
        "said": said(clock(case, decision.told_on, today), today, is_told=decision.is_told)[1],
    }
    status = 422 if form.errors else 200
    return render(request, "crosssector/complaints/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def decision_told(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """The day the citizen was told of a decision."""
    case, decision = _decision(request, case_reference, reference)
    posted = request.POST if request.method == "POST" else None
    form = ToldForm(posted, initial={"told_on": decision.told_on})
    if posted is not None and form.is_valid():
        try:
            services.decision_told(
                case=case, decision=decision, actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.add_error("told_on", str(error))
        else:
            messages.success(request, _("It is registered."))
            return redirect("crosssector:complaints", case_reference=case.reference)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="complaint")
    context = case_context(request, case, "overview") | {"form": form, "decision": decision}
    status = 422 if form.errors else 200
    return render(request, "crosssector/complaints/told.html", context, status=status)


def _decision(request: Request, case_reference: UUID, reference: UUID) -> tuple[Case, Appealable]:
    """A decision of the case. Raises Denied, or PermissionDenied."""
    case = case_for(request.user, case_reference, Act.SUPPORT_DECIDE)
    decision = next((one for one in appealable_in(case) if one.reference == reference), None)
    if decision is None:
        raise Denied("complaint", (case.citizen_id,))
    return case, decision


@require_http_methods(["GET", "POST"])
def complaint(request: Request, reference: UUID) -> HttpResponse:
    """One complaint; who decides registers its next step."""
    row = _complaint_for(request.user, reference, writes=request.method == "POST")
    form, write = _step(row, request)
    if request.method == "POST" and form is not None and write is not None and form.is_valid():
        try:
            write(row, form.cleaned_data, request.user, conflict.posted_version(request.POST))
        except DomainError as error:
            form.add_error(None, str(error))
            row = _complaint_for(request.user, reference, writes=True)
        else:
            messages.success(request, _("It is registered."))
            return redirect(_address(row))
    return _page(request, row, form)


@require_POST
def complaint_forward(request: Request, reference: UUID) -> HttpResponse:
    """A complaint that came too late is sent on as it is."""
    row = _complaint_for(request.user, reference, writes=True)
    return _at_once(request, row, services.complaint_forward)


@require_POST
def complaint_withdraw(request: Request, reference: UUID) -> HttpResponse:
    """The citizen does not want to go on with it."""
    row = _complaint_for(request.user, reference, writes=True)
    return _at_once(request, row, services.complaint_withdraw)


def _at_once(request: Request, row: Complaint, write: Callable[..., None]) -> HttpResponse:
    with told(request, _("It is registered.")):
        write(
            complaint=row,
            on=timezone.localdate(),
            actor=request.user,
            version=conflict.posted_version(request.POST),
        )
    return redirect(_address(row))


def _step(row: Complaint, request: Request) -> tuple[Form | None, Write | None]:
    """The form of what comes next, for who may; and what it writes."""
    step = STEPS.get(row.stage)
    if step is None or Act.SUPPORT_DECIDE not in row.case.rights:
        return None, None
    form_class, write = step
    posted = request.POST if request.method == "POST" else None
    return form_class(posted, initial={"on": timezone.localdate()}), write


def _page(request: Request, row: Complaint, form: Form | None) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [row.case.citizen_id], what="complaint")
    context = case_context(request, row.case, "overview")
    today = context["today"]
    clocked = clock(row.case, row.told_on, today, row)
    tone, text = said(clocked, today, row)
    context |= {
        "complaint": row,
        "clock": clocked,
        "tone": tone,
        "said": text,
        "form": form,
        "is_late": is_late(clocked, row) and row.stage is Stage.REASSESS,
        "is_over": row.stage is Stage.OVER,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "crosssector/complaints/page.html", context, status=status)


def _complaint_for(user: User, reference: UUID, *, writes: bool) -> Complaint:
    """A complaint of a case the user sees whole, with the case's `rights`.

    Raises Denied, or PermissionDenied.
    """
    rows = Complaint.objects.visible_to(user).filter(reference=reference)
    row = rows.select_related(
        "case__citizen", "case__municipality", "case__unit", "case__adviser", "reassessed_by"
    ).first()
    if row is None:
        found = Complaint.objects.filter(reference=reference)
        raise Denied("complaint", tuple(found.values_list("case__citizen_id", flat=True)))
    row.case.rights = rights_on(user, row.case)
    if (Act.SUPPORT_DECIDE if writes else Act.CASE_WHOLE) not in row.case.rights:
        raise PermissionDenied
    return row


def _address(row: Complaint) -> str:
    return reverse("crosssector:complaint", args=[row.reference])
