"""The overview's panels: each app adds its own from `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal

from cases.casework.models import Case
from housingfirst.access.enums import Act
from housingfirst.base.http import Request

Column = Literal["main", "side"]
Context = Callable[[Request, Case], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of the overview, drawn by `template` with what `context` gives; None hides it.

    In the main column an `order` below 50 stands above "Where the citizen sleeps", from 50 on
    below it; the side column ends with the timeline. The template sees the page's own context
    (`case`, `citizen`, `today`, `may`) and `panel`, which is what `context` gave. `prints` says
    whether it belongs on the printed overview, which is one page.
    """

    key: str
    order: int
    column: Column
    template: str
    context: Context
    act: Act = Act.CASE_VIEW
    prints: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel with its content, for the template."""

    order: int
    template: str
    context: dict[str, Any]


_PANELS: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Add a panel from AppConfig.ready. The same key again replaces it."""
    _PANELS[panel.key] = panel


def panels_of(
    request: Request,
    case: Case,
    acts: Collection[Act],
    column: Column,
    *,
    printed: bool = False,
) -> list[Shown]:
    """The panels of a column that a person who may take `acts` sees, in order."""
    shown = []
    for panel in sorted(_PANELS.values(), key=lambda panel: panel.order):
        if panel.column != column or panel.act not in acts or (printed and not panel.prints):
            continue
        content = panel.context(request, case)
        if content is not None:
            shown.append(Shown(panel.order, panel.template, content))
    return shown
