"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.plans.enums import SHORT_NAMES, PlanKind
from housingfirst.events.kinds import Category, register_kind

PLAN_MADE: Final = "plan.made"
PLAN_DECLINED: Final = "plan.declined"
PLAN_CORRECTED: Final = "plan.corrected"


def register() -> None:
    register_kind(
        PLAN_MADE,
        Category.CASE,
        gettext_lazy("%(plan)s made"),
        is_important=True,
        text_params=_plan,
    )
    register_kind(
        PLAN_DECLINED,
        Category.CASE,
        gettext_lazy("%(plan)s offered and declined"),
        is_important=True,
        text_params=_plan,
    )
    register_kind(
        PLAN_CORRECTED, Category.CASE, gettext_lazy("%(plan)s corrected"), text_params=_plan
    )


def _plan(data: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = data.get("plan_kind", "")
    return {"plan": SHORT_NAMES[PlanKind(kind)] if kind in PlanKind.values else _("A plan")}
