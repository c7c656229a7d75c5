"""The kinds of events: registered by the apps that publish them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from housingfirst.ui import words

if TYPE_CHECKING:
    from housingfirst.events.models import Event


class Category(models.TextChoices):
    """How the timeline is filtered."""

    CASE = "case", _("Case")
    STAY = "stay", _("Stay")
    HOUSING = "housing", _("Housing")
    SUPPORT = "support", _("Support")
    CONTACT = "contact", _("Contact")
    HANDOFF = "handoff", _("Handoff")


@dataclass(frozen=True, slots=True)
class EventKind:
    """`sentence` is a translated text; its `%(name)s` placeholders are keys of the event's data.

    `text_params` turns the data into words where they are not fit to be read as they are: a
    choice's label, a date, an amount.
    """

    key: str
    category: Category
    sentence: str | Promise
    is_important: bool = False
    text_params: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict

    def text(self, data: Mapping[str, Any]) -> str:
        """The sentence about an event with these data, in the reader's language."""
        return words.sentence(str(self.sentence) % self.text_params(data))


_KINDS: dict[str, EventKind] = {}
_SUBSCRIBERS: dict[str, list[Callable[[Event], None]]] = {}
_SUBSCRIBERS_TO_ALL: list[Callable[[Event], None]] = []


def register_kind(
    key: str,
    category: Category,
    sentence: str | Promise,
    *,
    is_important: bool = False,
    text_params: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict,
) -> str:
    """Register a kind from AppConfig.ready; returns its key."""
    _KINDS[key] = EventKind(key, category, sentence, is_important, text_params)
    return key


def kind_of(key: str) -> EventKind:
    """The kind. Raises KeyError for one that no app has registered."""
    return _KINDS[key]


def all_kinds() -> list[EventKind]:
    return list(_KINDS.values())


def subscribe(key: str, handler: Callable[[Event], None]) -> None:
    """Have `handler` called, in the same transaction, after an event of this kind is written.

    A handler that raises undoes the act. What leaves the process goes through on_commit.
    """
    _SUBSCRIBERS.setdefault(key, []).append(handler)


def subscribe_all(handler: Callable[[Event], None]) -> None:
    """The same for events of every kind, after those who subscribed to the kind have acted."""
    if handler not in _SUBSCRIBERS_TO_ALL:
        _SUBSCRIBERS_TO_ALL.append(handler)


def subscribers(key: str) -> list[Callable[[Event], None]]:
    return [*_SUBSCRIBERS.get(key, []), *_SUBSCRIBERS_TO_ALL]
