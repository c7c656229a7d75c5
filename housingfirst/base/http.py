"""The request as our views see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from housingfirst.access.models import User


class Request(HttpRequest):
    """A request of a logged-in user; LoginRequiredMiddleware has seen to that."""

    user: User
    htmx: HtmxDetails


def is_partial(request: Request) -> bool:
    """Whether only the fragment is asked for: an htmx request that is not a boosted page."""
    return bool(request.htmx) and not request.htmx.boosted
