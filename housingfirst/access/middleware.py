"""Per request: an id for the log, the session's end when rights change, and refusals logged."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from housingfirst.access.denied import Denied
from housingfirst.access.enums import LogAction
from housingfirst.access.log import current_request_id, log
from housingfirst.access.models import User

EPOCH = "authz_epoch"
SEEN = "seen_at"


class AccessMiddleware:
    """Ends sessions whose rights have changed or that were left idle; logs what was denied.

    The denial is written after the view's transaction was rolled back, in one of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request_id.set(uuid.uuid4())
        try:
            user = request.user
            if isinstance(user, User):
                if self._ended(request, user):
                    logout(request)
                else:
                    translation.activate(user.language)
                    request.LANGUAGE_CODE = user.language
            response = self.get_response(request)
        finally:
            current_request_id.reset(token)
        if isinstance(user, User):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        user = request.user
        if not isinstance(user, User):
            return
        if isinstance(exception, Denied):
            with transaction.atomic():
                log(user, LogAction.DENIED, exception.citizen_ids, what=exception.what)
        elif isinstance(exception, PermissionDenied):
            match = request.resolver_match
            with transaction.atomic():
                log(user, LogAction.DENIED, (), what=match.view_name if match else "unknown")

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
