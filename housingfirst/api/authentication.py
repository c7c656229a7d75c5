"""Other systems log in with client credentials; each is a user with memberships like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oauth2_provider.contrib.rest_framework import OAuth2Authentication

from housingfirst.access.models import User

if TYPE_CHECKING:
    from rest_framework.request import Request


class SystemAuthentication(OAuth2Authentication):  # type: ignore[misc]  # the package is untyped
    """The token of a registered system stands for the system's own user.

    What the system may see and do follows from that user's memberships today, exactly as for a
    person; the token's scopes can only narrow it.
    """

    def authenticate(self, request: Request) -> tuple[User, Any] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        _nobody, token = found
        user = token.application.user if token.application else None
        return (user, token) if isinstance(user, User) and user.is_active else None
