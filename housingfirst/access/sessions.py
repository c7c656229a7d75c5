"""A session belongs to the rights its user had at login."""

from typing import Any

from django.http import HttpRequest

from housingfirst.access.middleware import EPOCH
from housingfirst.access.models import User


def remember_rights(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Keep the epoch of the user's rights in the new session; a change of rights ends it."""
    request.session[EPOCH] = user.authz_epoch
