"""Per request: an id for the log, the session's end when rights change, and refusals logged."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from housingfirst.access import resume
from housingfirst.access.denied import Denied
from housingfirst.access.enums import LogAction
from housingfirst.access.log import current_request_id, log
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted

EPOCH = "authz_epoch"
SEEN = "seen_at"


def note_denial(request: HttpRequest, user: User, exception: Exception) -> None:
    """Keep on the request that `exception` denied `user` something, if it did.

    The entry is written when the view's transaction has been rolled back: see `log_denial`.
    """
    if isinstance(exception, Denied):
        request.denial = (user, exception.what, exception.citizen_ids)  # type: ignore[attr-defined]  # ours
    elif isinstance(exception, (PermissionDenied, NotPermitted)):
        match = request.resolver_match
        what = match.view_name if match else "unknown"
        request.denial = (user, what, ())  # type: ignore[attr-defined]  # same


def log_denial(request: HttpRequest) -> None:
    """Write the denial noted on the request, if any, in a transaction of its own."""
    denial: tuple[User, str, tuple[int, ...]] | None = getattr(request, "denial", None)
    if denial is not None:
        user, what, citizen_ids = denial
        with transaction.atomic():
            log(user, LogAction.DENIED, citizen_ids, what=what)


class AccessMiddleware:
    """Ends sessions whose rights have changed or that were left idle; logs what was denied.

    The denial is written after the view's transaction was rolled back, in one of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request_id.set(_request_id())
        try:
            user = request.user
            if isinstance(user, User):
                if self._ended(request, user):
                    logout(request)
                    resume.remember(request, user)
                else:
                    translation.activate(user.language)
                    request.LANGUAGE_CODE = user.language
            if not request.user.is_authenticated:
                resume.keep(request)
            response = self.get_response(request)
            log_denial(request)
        finally:
            current_request_id.reset(token)
        if isinstance(user, User):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(request.user, User):
            note_denial(request, request.user, exception)

    def _ended(self, request: HttpRequest, user: User) -> bool:
        """Whether the session belongs to earlier rights, or was left for too long."""
        now = int(timezone.now().timestamp())
        if request.session.get(EPOCH) != user.authz_epoch:
            return True
        seen: int = request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_MINUTES * 60:
            return True
        if now - seen >= 60 or SEEN not in request.session:  # spares a write per request
            request.session[SEEN] = now
        return False


def _request_id() -> uuid.UUID:
    """The id that the request's log lines carry, so that a line and an entry find each other."""
    bound = structlog.contextvars.get_contextvars().get("request_id")
    return uuid.UUID(bound) if bound else uuid.uuid4()
