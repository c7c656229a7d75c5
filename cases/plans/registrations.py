"""What this subject adds to the pages of a case: told from `CasesConfig.ready`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.casework.glance import register_glance
from cases.casework.summary import register_decisions
from cases.casework.tabs import Tab, register_tab
from cases.plans import case_page, deadlines, events
from housingfirst.access.enums import Act
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    deadlines.register()
    register_tab(Tab("plans", 30, _("Assessment and plan"), "cases:plan_tab", Act.CASE_WHOLE))
    register_glance("plans", case_page.newest)
    register_decisions("plans", 10, case_page.decisions)
    name_what({
        "plan": _("an assessment or a plan"),
        "plan_tab": _("the assessments and plans"),
        "plan_create": _("the form for an assessment or a plan"),
        "plan_edit": _("the form for an assessment or a plan"),
    })  # fmt: skip
    name_details({"plan_follow_up": _("the follow-up of a plan")})
