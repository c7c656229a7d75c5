"""Panels around the lines of a case's tab "Økonomi og refusion", added by later apps."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cases.casework.models import Case
from cases.casework.panels import Column, Panel, Shown
from housingfirst.access.enums import Act
from housingfirst.base.http import Request

_PANELS: Final[dict[str, Panel]] = {}


def register_reimbursement_panel(panel: Panel) -> None:
    """Add a panel from AppConfig.ready. The same key again replaces it."""
    _PANELS[panel.key] = panel


def reimbursement_panels(
    request: Request, case: Case, acts: Collection[Act], column: Column
) -> list[Shown]:
    """The panels of a column that a person who may take `acts` sees, in order.

    In the main column an `order` below 50 stands above the lines, over the whole width. Each asks
    what it shows.
    """
    found = []
    for panel in sorted(_PANELS.values(), key=lambda panel: panel.order):
        is_asked = panel.column == column and panel.act in acts
        content = panel.context(request, case) if is_asked else None
        if content is not None:
            found.append(Shown(panel.order, panel.template, content))
    return found
