"""Where the pages of this app appear: the case's tab and panel, and the menu."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.casework.closing import register_running
from cases.casework.glance import register_glance
from cases.casework.listing import register_mine
from cases.casework.models import Case
from cases.casework.panels import Panel, register_panel
from cases.casework.summary import register_decisions, register_people
from cases.casework.tabs import Tab, register_tab
from housingfirst.access.enums import Act, Role
from housingfirst.access.what import name_details, name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place
from support import case_page
from support.enrolments.models import Enrolment
from support.tab import course_panel

WORKERS = {Role.SUPPORT_WORKER}


def register() -> None:
    register_running(_course_runs)
    _log_words()
    register_tab(Tab("support", 50, _("Support"), "support:support_tab"))
    for key, seen in case_page.GLANCES.items():
        register_glance(key, seen)
    register_panel(
        Panel(
            key="course",
            order=40,
            column="side",
            template="support/_course_panel.html",
            context=course_panel,
            act=Act.CASE_VIEW,
        )
    )
    register_decisions("support", 30, case_page.decisions)
    register_people("support", 10, case_page.people)
    register_mine("support", case_page.is_mine)
    register_place(
        MenuItem(
            key="support_today",
            label=_("Today"),
            icon="list-check",
            url_name="support:today",
            roles=WORKERS,
            order=20,
        ),
        MenuItem(
            key="visits",
            label=_("Visits"),
            icon="add-document",
            url_name="support:visit_list",
            roles={Role.SUPPORT_WORKER, Role.HYBRID},
            order=30,
            covers=("support:visit_create",),
        ),
    )


def _log_words() -> None:
    name_what({
        "support": _("the support"),
        "support_tab": _("the support"),
        "support_today": _("the support worker's day"),
        "today": _("the support worker's day"),
        "support_decision": _("a decision on support"),
        "decision_hint": _("the form for a decision on support"),
        "decision_create": _("the form for a decision on support"),
        "decision_edit": _("the form for a decision on support"),
        "enrolment": _("a course of support"),
        "enrolment_create": _("the form for a course of support"),
        "enrolment_end": _("the form for a course of support"),
        "phase_edit": _("the form for a course of support"),
        "worker_edit": _("the form for a course of support"),
        "visit": _("a visit"),
        "visit_create": _("the form for a visit"),
        "visit_list": _("the list of visits"),
    })  # fmt: skip
    name_details({
        "cti_phase": _("the phases of CTI"),
    })  # fmt: skip


def _course_runs(case: Case) -> str | None:
    if Enrolment.objects.filter(case=case, ended_on__isnull=True).exists():
        return gettext("A course of support is running: end it first.")
    return None
