"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words
from support.visits.enums import Outcome

VISIT_LOGGED = "visit.logged"


def register() -> None:
    register_kind(VISIT_LOGGED, Category.CONTACT, _("Visit: %(outcome)s"), text_params=_outcome)


def _outcome(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"outcome": words.inside(Outcome(data["outcome"]).label)}
