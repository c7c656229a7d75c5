"""One shape for every refusal: RFC 9457 `application/problem+json`."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from housingfirst.access.middleware import note_denial
from housingfirst.access.models import User
from housingfirst.base.errors import DomainError, NotPermitted, StaleVersion

PROBLEM_JSON = "application/problem+json"


def problem(code: str, http_status: int, detail: str, **more: Any) -> Response:
    """`code` is for machines and never changes; `detail` is a sentence for people."""
    body = {"status": http_status, "code": code, "detail": detail, **more}
    return Response(body, status=http_status, content_type=PROBLEM_JSON)


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:
    """The handler of all API views. What nobody foresaw stays a 500."""
    request: Request = context["request"]
    if isinstance(request.user, User):
        is_scope = isinstance(exception, exceptions.PermissionDenied)
        note_denial(request._request, request.user, PermissionDenied() if is_scope else exception)
    if isinstance(exception, DomainError):
        set_rollback()
        return problem(exception.code, _status_of(exception), str(exception))
    if isinstance(exception, Http404):
        set_rollback()
        return problem("not_found", status.HTTP_404_NOT_FOUND, "Nothing here for you.")
    if isinstance(exception, PermissionDenied):
        set_rollback()
        return problem("not_permitted", status.HTTP_403_FORBIDDEN, str(NotPermitted()))
    response = exception_handler(exception, context)
    if response is None or not isinstance(exception, exceptions.APIException):
        return response
    headers = {
        name: response[name] for name in ("WWW-Authenticate", "Retry-After") if name in response
    }
    if isinstance(exception, exceptions.ValidationError):
        told = problem(
            "invalid",
            response.status_code,
            "Some fields cannot be used as they are.",
            errors=exception.detail,
        )
    else:
        code = exception.get_codes()
        told = problem(str(code), response.status_code, str(exception.detail))
    for name, value in headers.items():
        told[name] = value
    return told


def _status_of(exception: DomainError) -> int:
    if isinstance(exception, NotPermitted):
        return status.HTTP_403_FORBIDDEN
    if isinstance(exception, StaleVersion):
        return status.HTTP_412_PRECONDITION_FAILED
    return status.HTTP_409_CONFLICT
