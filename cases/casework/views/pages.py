"""What the pages of the journal share."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cases.casework.header import case_context
from cases.casework.models import Case
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request
from housingfirst.ui.forms.once import FIELD_NAME


def form_page(
    request: Request,
    case: Case,
    template: str,
    form: Any,
    what: str,
    *,
    tab: str = "journal",
    **context: Any,
) -> HttpResponse:
    """A form on a page of the case; the page shows the citizen, so its opening is logged."""
    log(request.user, LogAction.VIEWED, [case.citizen_id], what=what)
    return render(
        request,
        template,
        case_context(request, case, tab) | {"form": form, **context},
        status=422 if form.errors else 200,
    )


def journal_url(case: Case) -> str:
    return reverse("cases:journal", args=[case.reference])


def form_key_of(request: Request) -> uuid.UUID:
    """The key of the form that was sent; a new one when it cannot be read."""
    try:
        return uuid.UUID(request.POST.get(FIELD_NAME, ""))
    except ValueError:
        return uuid.uuid4()
