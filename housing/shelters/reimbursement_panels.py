"""Panels beside the lines of a case's tab "Økonomi og refusion", added by later apps."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from cases.casework.models import Case
from cases.casework.panels import Panel, Shown
from housingfirst.access.enums import Act
from housingfirst.base.http import Request

_PANELS: Final[dict[str, Panel]] = {}


def register_reimbursement_panel(panel: Panel) -> None:
    """Add a panel from AppConfig.ready. The same key again replaces it."""
    _PANELS[panel.key] = panel


def reimbursement_panels(request: Request, case: Case, acts: Collection[Act]) -> list[Shown]:
    """The panels that a person who may take `acts` sees, in order. Each asks what it shows."""
    found = []
    for panel in sorted(_PANELS.values(), key=lambda panel: panel.order):
        content = panel.context(request, case) if panel.act in acts else None
        if content is not None:
            found.append(Shown(panel.order, panel.template, content))
    return found
