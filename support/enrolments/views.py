"""Pages of courses: start, phases, worker, end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import case_for
from cases.casework.header import case_context
from cases.casework.models import Case
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms import Form
from housingfirst.ui.forms.once import once
from support.enrolments import services
from support.enrolments.access import enrolment_in
from support.enrolments.enums import EndReason
from support.enrolments.errors import EndNeedsWords
from support.enrolments.forms import EndForm, EnrolmentForm, PhaseForm, WorkerForm
from support.enrolments.homes import home_of
from support.enrolments.models import Enrolment
from support.enrolments.rules import follows_lost_home
from support.methods.access import decision_in
from support.methods.enums import Method


@require_http_methods(["GET", "POST"])
def enrolment_create(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Start the course that the decision `reference` grants."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    decision = decision_in(case, reference, request.user)
    home = home_of(case)
    data = request.POST if request.method == "POST" else None
    initial = {"started_on": timezone.localdate(), "phase_1_on": home.starts_on}
    has_phases = decision.method == Method.CTI
    form = EnrolmentForm(data, initial=initial, case=case, home=home, has_phases=has_phases)
    if home.starts_on is not None:
        form.sources = {"phase_1_on": _("from the tenancy")}
    if form.is_bound and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.enrolment_start(
                        decision=decision,
                        started_on=form.cleaned_data["started_on"],
                        worker=form.cleaned_data["worker"],
                        phase_1_on=form.cleaned_data.get("phase_1_on"),
                        phase_1_reason=form.cleaned_data.get("phase_1_reason", ""),
                        actor=request.user,
                    )
                    sent.result = _tab(case)
                    messages.success(request, _("The course is started."))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(sent.address)
    return _page(request, case, "create", form, decision=decision, home=home)


@require_http_methods(["GET", "POST"])
def phase_edit(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Set or move the day that the phases count from."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    enrolment = enrolment_in(case, reference, request.user)
    home = home_of(case)

    def make(data: QueryDict | None) -> Form:
        initial = {
            "phase_1_on": enrolment.phase_1_on or home.starts_on,
            "phase_1_reason": enrolment.phase_1_reason,
        }
        form = PhaseForm(data, initial=initial, home=home, started_on=enrolment.started_on)
        if enrolment.phase_1_on is None and home.starts_on is not None:
            form.sources = {"phase_1_on": _("from the tenancy")}
        return form

    def save(form: Form, version: int) -> None:
        services.phase_1_set(
            enrolment=enrolment,
            on=form.cleaned_data["phase_1_on"],
            reason=form.cleaned_data.get("phase_1_reason", ""),
            actor=request.user,
            version=version,
        )

    def values_of(row: Any) -> Mapping[str, Any]:
        return {"phase_1_on": row.phase_1_on, "phase_1_reason": row.phase_1_reason}

    edit = _Edit(make, save, values_of, _("Phases"), _("The phases are counted anew."))
    form, answer = _edited(request, case, enrolment, edit)
    return answer or _page(request, case, "phase", form, enrolment=enrolment, home=home)


@require_http_methods(["GET", "POST"])
def worker_edit(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """Give the course to another support worker."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    enrolment = enrolment_in(case, reference, request.user)

    def make(data: QueryDict | None) -> Form:
        return WorkerForm(data, initial={"worker": enrolment.worker}, case=case)

    def save(form: Form, version: int) -> None:
        services.worker_set(
            enrolment=enrolment,
            worker=form.cleaned_data["worker"],
            on=timezone.localdate(),
            actor=request.user,
            version=version,
        )

    def values_of(row: Any) -> Mapping[str, Any]:
        return {"worker": row.worker}

    edit = _Edit(make, save, values_of, _("Support worker"), _("The support worker is changed."))
    form, answer = _edited(request, case, enrolment, edit)
    return answer or _page(request, case, "worker", form, enrolment=enrolment)


@require_http_methods(["GET", "POST"])
def enrolment_end(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """End a course; questioned where the method or the citizen's situation asks for it."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    enrolment = enrolment_in(case, reference, request.user)
    home, today = home_of(case), timezone.localdate()

    def make(data: QueryDict | None) -> Form:
        return EndForm(data, initial={"ended_on": today}, started_on=enrolment.started_on)

    def save(form: Form, version: int) -> None:
        services.enrolment_end(
            enrolment=enrolment,
            ended_on=form.cleaned_data["ended_on"],
            reason=EndReason(form.cleaned_data["reason"]),
            remark=form.cleaned_data["remark"],
            actor=request.user,
            version=version,
        )

    def values_of(row: Any) -> Mapping[str, Any]:
        return {"ended_on": row.ended_on, "reason": row.end_reason, "remark": row.end_remark}

    edit = _Edit(make, save, values_of, _("End of the course"), _("The course is ended."))
    form, answer = _edited(request, case, enrolment, edit)
    is_questioned = follows_lost_home(today, home.lost_on)
    return answer or _page(
        request, case, "end", form, enrolment=enrolment, home=home, is_questioned=is_questioned
    )


@dataclass(frozen=True, slots=True)
class _Edit:
    """A small form about one course: how it is made, saved, and compared with what was saved."""

    make: Callable[[QueryDict | None], Form]
    save: Callable[[Form, int], None]
    values_of: Callable[[Any], Mapping[str, Any]]
    title: str
    done: str


def _edited(
    request: Request, case: Case, enrolment: Enrolment, edit: _Edit
) -> tuple[Form, HttpResponse | None]:
    """The form, and the answer when the request is done with: saved, or a conflict to settle."""
    if request.method != "POST":
        return edit.make(None), None
    theirs = edit.values_of(enrolment)
    data = conflict.settled(cast("type[BaseForm]", edit.make), request.POST, theirs=theirs)
    form, seen = edit.make(data), conflict.posted_version(data)
    if not form.is_valid():
        return form, None
    try:
        edit.save(form, seen)
    except StaleVersion as stale:
        return form, conflict.page(
            request,
            form=form,
            stale=stale,
            seen=seen,
            values_of=edit.values_of,
            title=edit.title,
            keep_url=_tab(case),
            citizen=case.citizen_id,
            context=case_context(request, case, "support"),
        )
    except EndNeedsWords as error:
        form.add_error("remark", str(error))
        return form, None
    except DomainError as error:
        form.add_error(None, str(error))
        return form, None
    messages.success(request, edit.done)
    return form, redirect(_tab(case))


def _page(request: Request, case: Case, name: str, form: Form, **context: object) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="enrolment")
    return render(
        request,
        f"support/enrolment/{name}.html",
        case_context(request, case, "support") | {"form": form} | context,
        status=422 if form.errors else 200,
    )


def _tab(case: Case) -> str:
    return reverse("support:support_tab", args=[case.reference])
