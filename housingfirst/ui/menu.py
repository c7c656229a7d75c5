"""What stands in the left menu and the top bar, by role.

Apps register their places from `AppConfig.ready`; nobody edits a template to appear in the menu.
A place whose URL name does not exist (yet) is not shown, so an app may register ahead of its pages.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Count = Callable[[HttpRequest], int]

WITHOUT_COUNTS = "menu_without_counts"

# The phone shows this many places; the rest is behind "More".
PHONE_PLACES = 4


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One place. `label` is a lazy translation; `roles` holds values of `access.Role`.

    `order` counts over all roles together; steps of ten leave room (table in docs/ui.md).
    `count` says how many things wait there for this person, not how many exist.
    `covers` are URL names, or namespaces ending in ":", whose pages also light up this place.
    `act` (of `access.Act`) hides the place from those who may not take it: partners share a role.
    """

    key: str
    label: Any
    icon: str
    url_name: str
    roles: Collection[str]
    order: int
    count: Count | None = None
    covers: tuple[str, ...] = ()
    act: Any = None

    def is_current(self, view_name: str) -> bool:
        return view_name == self.url_name or any(
            view_name.startswith(cover) if cover.endswith(":") else view_name == cover
            for cover in self.covers
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A menu item resolved for one request."""

    key: str
    label: str
    icon: str
    url: str
    count: int
    is_current: bool


@dataclass(slots=True)
class Registry:
    """Items by key. Registering the same key again replaces it, so `ready` may run twice."""

    items: dict[str, MenuItem] = field(default_factory=dict)

    def register(self, *items: MenuItem) -> None:
        for item in items:
            self.items[item.key] = item

    def places(self, request: HttpRequest, roles: Collection[str]) -> list[Place]:
        """What a person with `roles` sees, in order; each address once."""
        view_name = getattr(request.resolver_match, "view_name", "") or ""
        counts = not hasattr(request, WITHOUT_COUNTS)
        shown: dict[str, Place] = {}
        items = [item for item in self.for_roles(roles) if _may(request, item.act)]
        current = _current_key(items, view_name)
        for item in items:
            url = address(item.url_name)
            if url is None or url in shown:
                continue
            shown[url] = Place(
                key=item.key,
                label=str(item.label),
                icon=item.icon,
                url=url,
                count=item.count(request) if item.count and counts else 0,
                is_current=item.key == current,
            )
        return list(shown.values())

    def for_roles(self, roles: Collection[str]) -> list[MenuItem]:
        wanted = set(roles)
        found = [item for item in self.items.values() if wanted & set(item.roles)]
        return sorted(found, key=lambda item: (item.order, item.key))


def without_counts(request: HttpRequest) -> None:
    """The menu of this answer asks for no numbers: a refusal costs less than what it refuses."""
    setattr(request, WITHOUT_COUNTS, True)


def _may(request: HttpRequest, act: Any) -> bool:
    return act is None or bool(request.user.may(act))  # type: ignore[union-attr]  # logged in


def address(url_name: str) -> str | None:
    """The address of a page without arguments, or None while it does not exist."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def _current_key(items: Iterable[MenuItem], view_name: str) -> str | None:
    """The page's own place, else the first place that covers it: one is lit, never two."""
    items = list(items)
    for item in items:
        if item.url_name == view_name:
            return item.key
    return next((item.key for item in items if item.is_current(view_name)), None)


# The left menu, and the top bar's tools. Tools have fixed keys: "search" (its address is the search
# form's action), "note" (quick note, shortcut n) and "messages".
menu = Registry()
tools = Registry()

register = menu.register
register_tool = tools.register
