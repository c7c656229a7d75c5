"""Where Django's refusals go: people get a page, systems a problem in JSON (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.http.response import HttpResponse

from housingfirst.api.errors import PROBLEM_JSON
from housingfirst.ui import errors

API = "/api/"
SENTENCES = {
    400: ("bad_request", "The request could not be understood."),
    403: ("not_permitted", "This is not yours to do."),
    404: ("not_found", "Nothing here for you."),
    413: ("too_large", "The request is larger than can be received."),
    500: ("server_error", "Something went wrong here, and nothing was saved."),
    503: ("unavailable", "The database is away. Try again in a moment."),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _for(request, lambda: errors.bad_request(request, exception))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _for(request, lambda: errors.forbidden(request, exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    return _for(request, lambda: errors.not_found(request, exception))


def server_error(request: HttpRequest) -> HttpResponseBase:
    return _for(request, lambda: errors.server_error(request))


def _for(request: HttpRequest, make_page: Callable[[], HttpResponse]) -> HttpResponseBase:
    """The page, or to a system the same status and headers with a body it can read."""
    page = make_page()
    if not request.path.startswith(API):
        return page
    code, detail = SENTENCES[page.status_code]
    body = {
        "status": page.status_code,
        "code": code,
        "detail": detail,
        "reference": errors.reference(),
    }
    answer = JsonResponse(body, status=page.status_code, content_type=PROBLEM_JSON)
    if "Retry-After" in page:
        answer["Retry-After"] = page["Retry-After"]
    return answer
