"""What other apps show beside a stay: each adds its own panel from `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from housing.shelters.models import Stay
from housingfirst.base.http import Request

Context = Callable[[Request, Stay], dict[str, Any] | None]
_PANELS: dict[str, Context] = {}
_RELATED: set[str] = set()


@dataclass(frozen=True, slots=True)
class StayPanel:
    """A panel with its content, which the template sees as `panel`."""

    template: str
    context: dict[str, Any]


def register_stay_panel(template: str, context: Context, *, related: str = "") -> None:
    """Add a panel; where `context` gives None it is left out.

    `related` names a row of the app's own that is one to one with the stay: it is read with it.
    """
    _PANELS[template] = context
    if related:
        _RELATED.add(related)


def read_with_stay() -> list[str]:
    """For `select_related`: what the panels want to know of the stay."""
    return sorted(_RELATED)


def stay_panels_of(request: Request, stay: Stay) -> list[StayPanel]:
    found = ((template, context(request, stay)) for template, context in _PANELS.items())
    return [StayPanel(template, content) for template, content in found if content is not None]
