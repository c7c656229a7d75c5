"""Whose address a request carries when proxies of ours stand before the application."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's address as the outermost trusted proxy saw it.

    Each proxy appends the address it was called from to X-Forwarded-For, so with n proxies the
    client is the nth from the right. What stands further left came from outside and may be a lie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        count: int = settings.TRUSTED_PROXY_COUNT
        if count:
            seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
            if len(seen) >= count and seen[-count]:
                request.META["REMOTE_ADDR"] = seen[-count]
        return self.get_response(request)
