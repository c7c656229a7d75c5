"""Scopes: what a system was given the right to ask for at all."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class HasScope(BasePermission):
    """A system's token must hold the view's scope; a person who is logged in needs none."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            return False
        token: Any = request.auth
        if token is None:
            return True
        kind = "read" if request.method in SAFE_METHODS else "write"
        scope = f"{view.scope_subject}:{kind}"  # type: ignore[attr-defined]  # our viewsets' own
        return bool(token.is_valid([scope]))
