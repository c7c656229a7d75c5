"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from cases.casework.closing import register_running
from cases.casework.glance import register_glance
from cases.casework.panels import Panel, register_panel
from housing.evictions import case_page, deadlines, events
from housingfirst.access.enums import Act
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    deadlines.register()
    register_running(case_page.still_runs)
    register_glance("arrears", case_page.runs)
    register_panel(
        Panel(
            "arrears",
            5,
            "main",
            "housing/evictions/_panel.html",
            case_page.panel,
            Act.REFERRAL_VIEW,
        )
    )
    name_what({
        "arrears": _("arrears of a rent"),
        "arrears_new": _("the form for arrears of a rent"),
        "arrears_decide": _("help against an eviction"),
    })  # fmt: skip
    name_details({
        deadlines.PAY: _("the tenant's days to pay"),
        deadlines.HELP: _("help against an eviction"),
        deadlines.DECIDE: _("help against an eviction"),
        deadlines.ROOF: _("a roof after an eviction"),
    })  # fmt: skip
