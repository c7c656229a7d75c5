"""The page of a citizen's wishes for activity."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import case_for
from cases.casework.header import case_context
from cases.models import Case
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.forms.once import once
from support.activities import services
from support.activities.enums import ActivityAnswer
from support.activities.forms import AnswerForm, WishForm
from support.activities.models import ActivityWish

SHOWN = 50
"""Answered wishes on the page, the newest; those without an answer all stand there."""


@require_http_methods(["GET", "POST"])
def activities(request: Request, case_reference: UUID) -> HttpResponse:
    """What the citizen would like to do, the unanswered first; and a new wish."""
    act = Act.NOTE_WRITE if request.method == "POST" else Act.CASE_VIEW
    case = case_for(request.user, case_reference, act)
    data = request.POST if request.method == "POST" else None
    form = WishForm(data, initial={"said_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.wish_hear(case=case, actor=request.user, **form.cleaned_data)
                    sent.result = reverse("support:activities", args=[case.reference])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The wish is written down."))
            return redirect(sent.address)
    return _page(request, case, form)


@require_POST
def activity_answer(request: Request, case_reference: UUID, reference: UUID) -> HttpResponse:
    """What became of one wish."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    wish = ActivityWish.objects.filter(case=case, reference=reference).first()
    if wish is None:
        raise Denied("activity_wish", (case.citizen_id,))
    wish.case = case
    form = AnswerForm(request.POST, wish=wish.pk)
    if form.is_valid():
        try:
            services.wish_answer(
                wish=wish,
                answer=ActivityAnswer(form.cleaned_data["answer"]),
                text=form.cleaned_data["text"],
                answered_on=timezone.localdate(),
                actor=request.user,
            )
        except DomainError as error:
            messages.warning(request, str(error))
            return redirect("support:activities", case.reference)
        messages.success(request, _("The answer is registered."))
        return redirect("support:activities", case.reference)
    return _page(request, case, WishForm(initial={"said_on": timezone.localdate()}), wish, form)


def _page(
    request: Request,
    case: Case,
    form: WishForm,
    answered: ActivityWish | None = None,
    refused: AnswerForm | None = None,
) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="activities")
    wishes = ActivityWish.objects.filter(case=case).select_related("written_by", "answered_by")
    open_ = list(wishes.unanswered().order_by("said_on", "pk"))
    answers = {wish.pk: AnswerForm(wish=wish.pk) for wish in open_}
    if answered is not None and refused is not None:
        answers[answered.pk] = refused
    context = case_context(request, case, "support") | {
        "form": form,
        "unanswered": [(wish, answers[wish.pk]) for wish in open_],
        "answered": wishes.exclude(answered_on=None).order_by("-said_on", "-pk")[:SHOWN],
        "may_hear": Act.NOTE_WRITE in case.rights and case.closed_on is None,
        "may_answer": Act.CASE_CHANGE in case.rights,
        "refused": refused,
    }
    status = 422 if form.errors or refused is not None else 200
    return render(request, "support/activity/page.html", context, status=status)
