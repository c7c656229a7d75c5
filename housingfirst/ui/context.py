"""The context processor of the shell: menu, tools, the person logged in."""

from functools import cached_property

from django.http import HttpRequest
from django.utils.translation import gettext as _

from housingfirst.access.models import User
from housingfirst.ui import menu as menus
from housingfirst.ui.menu import PHONE_PLACES, Place


class Shell:
    """What `base.html` asks for, worked out on first use: a fragment costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def user(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def is_logged_in(self) -> bool:
        return self.user is not None

    @property
    def roles(self) -> frozenset[str]:
        return self.user.roles if self.user else frozenset()

    @property
    def person(self) -> str:
        return self.user.name if self.user else ""

    @cached_property
    def municipality(self) -> str:
        """The municipality the person works for; empty before login."""
        municipality = self.user.municipality if self.user else None
        return _("%(name)s Municipality") % {"name": municipality.name} if municipality else ""

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

    @property
    def keys_off(self) -> bool:
        return self.user is not None and not self.user.shortcuts


def shell(request: HttpRequest) -> dict[str, Shell]:
    """`shell` for templates; nothing is asked of the database until a template uses it."""
    return {"shell": Shell(request)}
