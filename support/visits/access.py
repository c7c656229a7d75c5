"""Who has pages of their own here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from housingfirst.access.enums import Act
from housingfirst.access.models import User


def require_worker(user: User) -> None:
    """Raises PermissionDenied for those who log no visits."""
    if not user.may(Act.VISIT_LOG):
        raise PermissionDenied
