"""Pages about applications: what is applied for, the answer, and the letter in between."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import case_for, rights_on
from cases.casework.header import case_context
from cases.casework.remedies import Decided, remedies_of
from crosssector.applications import services
from crosssector.applications.enums import Answer, ApplicationKind
from crosssector.applications.forms import AnswerForm, ApplicationForm, ExpectedForm
from crosssector.applications.models import Application, newest_expected
from crosssector.applications.selectors import applications_of, loan_times, shown_of
from crosssector.handoffs.access import handoff_in
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


@require_http_methods(["GET", "POST"])
def applications(request: Request, case_reference: UUID) -> HttpResponse:
    """What the citizen has applied for, by when it is to be answered; and one more."""
    case = case_for(request.user, case_reference, Act.HANDOFF_ASK)
    posted = request.POST if request.method == "POST" else None
    form = ApplicationForm(posted, initial={"received_on": timezone.localdate()})
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    row = services.application_register(
                        case=case,
                        actor=request.user,
                        **given | {"kind": ApplicationKind(given["kind"])},
                    )
                    sent.result = _address(row)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The application is registered."))
            return redirect(sent.address)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="applications")
    context = case_context(request, case, "support")
    context |= {"form": form, "rows": applications_of(case, context["today"])}
    status = 422 if form.errors else 200
    return render(request, "crosssector/applications/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
def application(request: Request, reference: UUID) -> HttpResponse:
    """One application, and its answer."""
    row = _application_for(request.user, reference)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, initial={"answered_on": timezone.localdate()})
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        try:
            services.application_answer(
                application=row,
                actor=request.user,
                version=conflict.posted_version(posted),
                **given | {"answer": Answer(given["answer"])},
            )
        except DomainError as error:
            form.add_error(None, str(error))
            row = _application_for(request.user, reference)
        else:
            messages.success(request, _("The answer is registered."))
            return redirect(_address(row))
    return _page(request, row, answer=form)


@require_POST
def application_told(request: Request, reference: UUID) -> HttpResponse:
    """The citizen was told in writing when to expect the answer."""
    row = _application_for(request.user, reference)
    form = ExpectedForm(request.POST)
    if form.is_valid():
        try:
            services.expected_tell(about=row, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is registered."))
            return redirect(_address(row))
    return _page(request, row, expected=form)


@require_POST
def application_withdraw(request: Request, reference: UUID) -> HttpResponse:
    """The citizen applies no longer."""
    row = _application_for(request.user, reference)
    with told(request, _("It is registered.")):
        services.application_withdraw(
            application=row,
            on=timezone.localdate(),
            actor=request.user,
            version=conflict.posted_version(request.POST),
        )
    return redirect(_address(row))


@require_http_methods(["GET", "POST"])
def loan_told(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """The same about a deposit loan that is asked for as a handoff."""
    case = case_for(request.user, case_reference, Act.HANDOFF_ASK)
    handoff = handoff_in(case, reference, request.user)
    posted = request.POST if request.method == "POST" else None
    form = ExpectedForm(posted, initial={"told_on": timezone.localdate()})
    if posted is not None and form.is_valid():
        try:
            services.expected_tell(about=handoff, actor=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is registered."))
            return redirect("crosssector:handoff_tab", case_reference=case.reference)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="handoffs")
    context = case_context(request, case, "handoffs")
    times = loan_times(case, [handoff], context["today"])
    context |= {"form": form, "handoff": handoff, "time": times.get(handoff.pk)}
    status = 422 if form.errors else 200
    return render(request, "crosssector/applications/loan.html", context, status=status)


def _page(
    request: Request,
    row: Application,
    *,
    answer: Form | None = None,
    expected: Form | None = None,
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [row.case.citizen_id], what="application")
    today = timezone.localdate()
    decided = [Decided(row.reference, row.answered_on)] if row.answered_on else []
    context = case_context(request, row.case, "support") | {
        "remedy": remedies_of(row.case, decided, today).get(row.reference),
        "shown": shown_of(row, row.case.municipality_id, today),
        "told": list(row.expected.order_by("-pk")),
        "answer": answer or AnswerForm(None, initial={"answered_on": today}),
        "expected": expected or ExpectedForm(None, initial={"told_on": today}),
    }
    refused = any(form is not None and form.errors for form in (answer, expected))
    status = 422 if refused else 200
    return render(request, "crosssector/applications/page.html", context, status=status)


def _application_for(user: User, reference: UUID) -> Application:
    """With the case's `rights`. Raises Denied, or PermissionDenied."""
    rows = Application.objects.visible_to(user).filter(reference=reference)
    row = (
        rows.with_decision()
        .annotate(expected_on=newest_expected("application"))
        .select_related("case__citizen", "case__municipality", "case__unit", "case__adviser")
        .first()
    )
    if row is None:
        found = Application.objects.filter(reference=reference)
        raise Denied("application", tuple(found.values_list("case__citizen_id", flat=True)))
    row.case.rights = rights_on(user, row.case)
    if Act.HANDOFF_ASK not in row.case.rights:
        raise PermissionDenied
    return row


def _address(row: Application) -> str:
    return reverse("crosssector:application", args=[row.reference])
