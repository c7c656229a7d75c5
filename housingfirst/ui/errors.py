"""Pages for what could not be shown or done. "Not found" and "not yours" are one, on purpose.

Named in `housingfirst/urls.py` (handlers) and in the settings (CSRF). Every page carries a number
that also stands in the log.
"""

import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from housingfirst.access.log import current_request_id
from housingfirst.ui.menu import without_counts

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recent:
    """Something the person opened not long ago."""

    label: str
    url: str
    at: datetime


# An app that knows what people opened puts its function here from `AppConfig.ready`.
recently_opened: list[Callable[[HttpRequest], Sequence[Recent]]] = []


def reference() -> str:
    """Eight characters people can say on the phone; the start of the request's id in the log."""
    digits = (current_request_id.get() or uuid4()).hex[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _not_here(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page: who may see a thing but not do this to it reads the same words."""
    return _not_here(request, 403)


def _not_here(request: HttpRequest, status: int) -> HttpResponse:
    recent = (
        [item for find in recently_opened for item in find(request)] if _may_ask(request) else []
    )
    without_counts(request)
    context = {"reference": reference(), "recent": recent[:5]}
    return render(request, "404.html", context, status=status)


def _may_ask(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _problem(
            request,
            413,
            _("That was too much at once"),
            _("The form or file is larger than can be received, and nothing was saved."),
            [
                _("Go back with the browser's back button; what you typed is usually still there."),
                _("Make the text shorter, or send the file in smaller parts."),
            ],
        )
    return _problem(
        request,
        400,
        _("The request could not be understood"),
        _("Nothing was saved."),
        [
            _("Go back with the browser's back button, reload the page, and try again."),
            _("If you followed a link, it may have been cut off. Ask the sender for a new one."),
        ],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that was too old, or not from us."""
    advice = [
        _("Go back with the browser's back button; what you typed is usually still there."),
        _("Copy what you have written, reload the page, and send it again."),
    ]
    if reason == REASON_NO_CSRF_COOKIE:
        advice.append(_("The browser must accept cookies from this site."))
    return _problem(
        request,
        403,
        _("The page was open for too long"),
        _("You have logged out or in since it was opened, so nothing was saved."),
        advice,
    )


def _problem(
    request: HttpRequest, status: int, title: str, lead: str, advice: Sequence[str]
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": title,
        "lead": lead,
        "advice": advice,
        "reference": reference(),
    }
    return render(request, "problem.html", context, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Shown when anything may be broken: asks nothing of the database or the session.

    Without the database it is 503: what calls us may try again in a moment.
    """
    is_away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    number = reference()
    logger.error("server_error %s %s", number, request.path)
    context = {"reference": number, "language": get_language() or "da"}
    page = HttpResponse(render_to_string("500.html", context), status=503 if is_away else 500)
    if is_away:
        page["Retry-After"] = "5"
    return page
