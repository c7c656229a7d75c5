"""Pages of the partner: the inbox, one task, what was answered."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosssector.handoffs import selectors, services
from crosssector.handoffs.access import task_for
from crosssector.handoffs.forms import GrantForm, QuestionForm, RefusalForm
from crosssector.handoffs.models import Handoff
from crosssector.handoffs.task import task_of, tasks_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.base.keyset import window
from housingfirst.ui import words
from housingfirst.ui.forms import Form
from housingfirst.ui.parts import Page

ANSWERED_PAGE: Final = 50


@require_GET
def handoff_inbox(request: Request) -> HttpResponse:
    """What was sent to the reader's units and waits for an answer: the fastest deadline first."""
    _require_partner(request)
    found = list(selectors.inbox(request.user)[: selectors.INBOX_ROWS + 1])
    shown, now = found[: selectors.INBOX_ROWS], timezone.now()
    log(
        request.user,
        LogAction.LISTED,
        [handoff.case.citizen_id for handoff in shown],
        what="handoff_inbox",
    )
    tasks = tasks_of(shown, now)
    context = _aside(request, shown) | {
        "tasks": tasks,
        "over": sum(task.mark == "over" for task in tasks),
        "has_more": len(found) > len(shown),
    }
    return render(request, "crosssector/handoff/inbox.html", context)


@require_GET
def handoff_task(request: Request, reference: UUID) -> HttpResponse:
    """One task with what was shared for it. The first look is told to those who asked."""
    handoff = task_for(request.user, reference)
    services.handoff_open(handoff=handoff, actor=request.user)
    act = request.GET.get("act", "")
    return _task_page(request, handoff, _forms(handoff), act)


@require_POST
def handoff_grant(request: Request, reference: UUID) -> HttpResponse:
    """Grant the amount asked for, or another."""
    handoff = task_for(request.user, reference)
    form = GrantForm(request.POST)

    def act() -> None:
        amount: Decimal = form.cleaned_data["granted_dkk"]
        services.handoff_grant(
            handoff=handoff,
            granted_dkk=amount,
            text=form.cleaned_data["text"],
            actor=request.user,
        )
        messages.success(
            request,
            _("%(amount)s granted for %(name)s.")
            % {"amount": words.money(amount), "name": handoff.case.citizen.name},
        )

    return _answer(request, handoff, "amount", form, act)


@require_POST
def handoff_question(request: Request, reference: UUID) -> HttpResponse:
    """Ask those who asked; the clock stands until they reply."""
    handoff = task_for(request.user, reference)
    form = QuestionForm(request.POST)

    def act() -> None:
        services.handoff_question(
            handoff=handoff, text=form.cleaned_data["question"], actor=request.user
        )
        messages.success(request, _("The question is sent. Your clock stands."))

    return _answer(request, handoff, "question", form, act)


@require_POST
def handoff_refuse(request: Request, reference: UUID) -> HttpResponse:
    """Refuse, with reasons."""
    handoff = task_for(request.user, reference)
    form = RefusalForm(request.POST)

    def act() -> None:
        services.handoff_refuse(
            handoff=handoff, text=form.cleaned_data["reasons"], actor=request.user
        )
        messages.success(request, _("The refusal and its reasons are sent."))

    return _answer(request, handoff, "refuse", form, act)


@require_POST
def handoff_cpr(request: Request, reference: UUID) -> HttpResponse:
    """The CPR number, shown once; the look is logged."""
    handoff = task_for(request.user, reference)
    try:
        number = services.handoff_cpr(handoff=handoff, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("crosssector:handoff_task", reference)
    return _task_page(request, handoff, _forms(handoff), "", cpr=number or "")


@require_GET
def handoff_answered(request: Request) -> HttpResponse:
    """What the reader's units have answered, newest first."""
    _require_partner(request)
    query = request.GET.dict()
    page = window(
        selectors.answered(request.user),
        order=("-answered_at", "-pk"),
        size=ANSWERED_PAGE,
        query=query,
    )
    log(
        request.user,
        LogAction.LISTED,
        [handoff.case.citizen_id for handoff in page.rows],
        what="handoff_answered",
    )
    context = {
        "tasks": tasks_of(page.rows, timezone.now()),
        "page": Page(*page.addresses(query)),
    }
    return render(request, "crosssector/handoff/answered.html", context)


def _require_partner(request: Request) -> None:
    if not request.user.may(Act.HANDOFF_ANSWER):
        raise PermissionDenied


def _forms(handoff: Handoff) -> dict[str, Form]:
    return {
        "amount": GrantForm(None, initial={"granted_dkk": handoff.amount_dkk}),
        "question": QuestionForm(None),
        "refuse": RefusalForm(None),
    }


def _answer(
    request: Request, handoff: Handoff, name: str, form: Form, act: Callable[[], None]
) -> HttpResponse:
    """Take the act of a valid form; else the task again, with what was typed."""
    if form.is_valid():
        try:
            act()
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            done = "crosssector:handoff_task" if name == "amount" else "crosssector:handoff_inbox"
            return redirect(reverse(done, args=[handoff.reference] if name == "amount" else []))
    handoff.refresh_from_db()
    return _task_page(request, handoff, _forms(handoff) | {name: form}, name, status=422)


def _task_page(
    request: Request,
    handoff: Handoff,
    forms: dict[str, Form],
    act: str,
    *,
    cpr: str = "",
    status: int = 200,
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [handoff.case.citizen_id], what="handoff")
    task = task_of(handoff, timezone.now())
    if task.is_granted and not cpr:  # whoever grants needs the number to pay
        cpr = services.handoff_cpr(handoff=handoff, actor=request.user) or ""
    context = _aside(request, [handoff]) | {
        "task": task,
        "forms": forms,
        "act": act,
        "cpr": cpr,
        "thread": list(handoff.messages.select_related("author")),
    }
    return render(request, "crosssector/handoff/task.html", context, status=status)


def _aside(request: Request, handoffs: list[Handoff]) -> dict[str, Any]:
    """What is agreed, and whom to call."""
    today = timezone.localdate()
    askers = {handoff.asked_by.pk: handoff.asked_by for handoff in handoffs if handoff.asked_by}
    teams = {handoff.from_unit.pk: handoff.from_unit for handoff in handoffs}
    return {
        "agreements": selectors.agreements(request.user, today),
        "last_month": words.MONTHS_SHORT[words.language()][selectors.last_month(today).month - 1],
        "askers": list(askers.values())[:3],
        "teams": list(teams.values()),
    }
