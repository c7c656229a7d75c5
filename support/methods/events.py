"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words
from support.methods.enums import Method, SupportSection

SUPPORT_DECIDED = "support.decided"
SUPPORT_CORRECTED = "support.corrected"


def register() -> None:
    register_kind(
        SUPPORT_DECIDED,
        Category.SUPPORT,
        _("Decision on support: %(support)s"),
        is_important=True,
        text_params=_support,
    )
    register_kind(
        SUPPORT_CORRECTED,
        Category.SUPPORT,
        _("Decision on support corrected: %(support)s"),
        text_params=_support,
    )


def _support(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The paragraph with its method: "§ 85 a, CTI"."""
    section, method = SupportSection(data["section"]), Method(data["method"])
    return {"support": f"{section.paragraph}, {words.inside(method.label)}"}
