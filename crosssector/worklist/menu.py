"""How many things wait for a person: the number in the menu of every page."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from crosssector.worklist.selectors import COUNT_CEILING, waiting_for
from housingfirst.access.models import User

REMEMBERED: Final = "worklist_waiting"


def things_waiting(request: HttpRequest) -> int:
    """What is late or due today on the person's own list and not in hand, asked once a request."""
    user = request.user
    if not isinstance(user, User):
        return 0
    found: int | None = getattr(request, REMEMBERED, None)
    if found is None:
        found = waiting_for(user, timezone.localdate(), timezone.now())
        remember_waiting(request, found)
    return found


def remember_waiting(request: HttpRequest, number: int) -> None:
    """The worklist itself has counted already."""
    setattr(request, REMEMBERED, min(number, COUNT_CEILING))
