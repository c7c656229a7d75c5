"""Systems that call the API."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from oauth2_provider.models import AccessToken, Application
from rest_framework.test import APIClient

from housingfirst.access.models import User


def make_system(user: User, *, name: str = "Et andet system") -> Application:
    """A registered system that acts as `user`; its secret is "secret"."""
    return Application.objects.create(
        name=name,
        user=user,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret="secret",
    )


def system_client(user: User, scopes: str) -> APIClient:
    """A client whose token holds `scopes`, separated by blanks."""
    token = AccessToken.objects.create(
        application=make_system(user),
        token=f"token-{user.reference}",
        scope=scopes,
        expires=timezone.now() + timedelta(minutes=5),
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token.token}")
    return client
