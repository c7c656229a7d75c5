"""The context processor of the shell: menu, tools, the person logged in."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from housingfirst.ui import menu as menus
from housingfirst.ui.menu import PHONE_PLACES, Place

KEYS_COOKIE = "hf_keys"


class Shell:
    """What `base.html` asks for, worked out on first use: a fragment costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(getattr(getattr(self.request, "user", None), "roles", ()) or ())

    @cached_property
    def is_logged_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def person(self) -> str:
        user = getattr(self.request, "user", None)
        if not user or not user.is_authenticated:
            return ""
        return str(user.get_full_name() if hasattr(user, "get_full_name") else user)

    @cached_property
    def municipality(self) -> str:
        """The municipality the person works for; empty before login."""
        user = getattr(self.request, "user", None)
        return str(getattr(user, "municipality", None) or "")

    @cached_property
    def places(self) -> list[Place]:
        return menus.menu.places(self.request, self.roles) if self.is_logged_in else []

    @cached_property
    def first_places(self) -> list[Place]:
        return self.places[:PHONE_PLACES]

    @cached_property
    def more_places(self) -> list[Place]:
        return self.places[PHONE_PLACES:]

    @cached_property
    def tools(self) -> dict[str, Place]:
        if not self.is_logged_in:
            return {}
        return {place.key: place for place in menus.tools.places(self.request, self.roles)}

    @cached_property
    def search_url(self) -> str:
        return self.tools["search"].url if "search" in self.tools else ""

    @cached_property
    def note(self) -> Place | None:
        return self.tools.get("note")

    @cached_property
    def messages_place(self) -> Place | None:
        return self.tools.get("messages")

    @cached_property
    def keys_off(self) -> bool:
        return self.request.COOKIES.get(KEYS_COOKIE) == "off"

    @cached_property
    def now(self) -> Any:
        return timezone.localtime()


def shell(request: HttpRequest) -> dict[str, Shell]:
    """`shell` for templates; nothing is asked of the database until a template uses it."""
    return {"shell": Shell(request)}
