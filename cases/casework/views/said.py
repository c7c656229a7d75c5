"""What people say: the citizen's wishes, and where she sleeps."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import case_for
from cases.casework import journal
from cases.casework.enums import Situation, Source
from cases.casework.forms.journal import SituationForm, WishForm
from cases.casework.header import case_context
from cases.casework.models import Case, SituationRecord
from cases.casework.selectors import journal as selectors
from cases.casework.views.pages import form_page, journal_url
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once


@require_http_methods(["GET", "POST"])
def wish_create(request: Request, case_reference: uuid.UUID) -> HttpResponse:
    case = case_for(request.user, case_reference, Act.NOTE_WRITE)
    form = WishForm(
        request.POST if request.method == "POST" else None,
        initial={"said_on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    journal.wish_say(
                        case=case,
                        words=form.cleaned_data["words"],
                        said_on=form.cleaned_data["said_on"],
                        actor=request.user,
                    )
                    sent.result = reverse("cases:case_detail", args=[case.reference])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The wish is saved."))
            return redirect(sent.address)
    return form_page(
        request,
        case,
        "cases/journal/wish_create.html",
        form,
        "wish_create",
        wishes=selectors.wishes_of(case),
    )


@require_http_methods(["GET", "POST"])
def situation_create(request: Request, case_reference: uuid.UUID) -> HttpResponse:
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    form = SituationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    journal.situation_say(
                        case=case, **_situation_values(form.cleaned_data), actor=request.user
                    )
                    sent.result = journal_url(case)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is written down where the citizen sleeps."))
            return redirect(sent.address)
    return _situation_page(request, case, form, "situation_create")


@require_http_methods(["GET", "POST"])
def situation_edit(
    request: Request, case_reference: uuid.UUID, situation_reference: uuid.UUID
) -> HttpResponse:
    """Correct a situation, or write when it ended."""
    case = case_for(request.user, case_reference, Act.CASE_CHANGE)
    said = selectors.situation_for(case, situation_reference)
    if request.method == "GET":
        form = SituationForm(initial=_values_of_situation(said))
        return _situation_page(request, case, form, "situation_edit", said=said)
    data = conflict.settled(SituationForm, request.POST, theirs=_values_of_situation(said))
    form = SituationForm(data)
    if form.is_valid():
        version = conflict.posted_version(data)
        try:
            journal.situation_correct(
                said=said,
                **_situation_values(form.cleaned_data),
                actor=request.user,
                version=version,
            )
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=version,
                values_of=_values_of_situation,
                title=_("Where the citizen sleeps"),
                keep_url=journal_url(case),
                citizen=case.citizen_id,
                context=case_context(request, case, "journal"),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The situation is corrected."))
            return redirect(journal_url(case))
    return _situation_page(request, case, form, "situation_edit", said=said)


def _situation_values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **data,
        "situation": Situation(data["situation"]),
        "source": Source(data["source"]),
    }


def _values_of_situation(said: SituationRecord) -> dict[str, Any]:
    return {
        "situation": said.situation,
        "starts_on": said.starts_on,
        "ends_on": said.ends_on,
        "source": said.source,
        "remark": said.remark,
    }


def _situation_page(
    request: Request, case: Case, form: SituationForm, what: str, **context: Any
) -> HttpResponse:
    return form_page(
        request,
        case,
        f"cases/journal/{what}.html",
        form,
        what,
        situations=selectors.situations_of(case),
        **context,
    )
