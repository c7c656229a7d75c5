"""Where the pages of this app appear: the case's tab and panel, and the menu."""

from django.utils.translation import gettext_lazy as _

from cases.casework.panels import Panel, register_panel
from cases.casework.tabs import Tab, register_tab
from housingfirst.access.enums import Act, Role
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place
from support.tab import course_panel

WORKERS = {Role.SUPPORT_WORKER}


def register() -> None:
    register_tab(Tab("support", 50, _("Support"), "support:support_tab"))
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
