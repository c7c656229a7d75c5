"""Refusals: what a service says when a rule forbids what was asked."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A rule refuses the act. `code` is for machines and never changes; `message` is for people.

    `message` may hold named placeholders that `params` fill.
    """

    code: str = "refused"
    message: str | Promise = _("This cannot be done.")

    def __init__(self, **params: Any) -> None:
        self.params: Mapping[str, Any] = params
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.params if self.params else text


class NotPermitted(DomainError):
    """The actor may see the thing but not take this act on it."""

    code = "not_permitted"
    message = _("You do not have the right to do this. Ask your team lead.")


class StaleVersion(DomainError):
    """Somebody saved the row after the actor opened it. `current` is the row as it is now."""

    code = "stale_version"
    message = _("Somebody else has saved this while you were writing.")

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.current = current
