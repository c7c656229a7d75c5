"""The kind of event this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from housingfirst.events.kinds import Category, register_kind
from support.milestones.enums import MilestoneKind

MILESTONE_HELD: Final = "milestone.held"


def register() -> None:
    register_kind(
        MILESTONE_HELD, Category.SUPPORT, "CTI: %(what)s", is_important=True, text_params=_what
    )


def _what(data: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = data.get("milestone", "")
    return {"what": MilestoneKind(kind).label if kind in MilestoneKind.values else kind}
