"""What this subject adds to the rest: told once, from `CrosssectorConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from cases.casework.glance import register_glance
from cases.casework.panels import Panel, register_panel
from crosssector.aftercare import choices, deadlines, events
from crosssector.aftercare.selectors import GLANCE, case_panel, left_lately, stay_panel
from housing.shelters.stay_panels import register_stay_panel
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    choices.register()
    deadlines.register()
    register_glance(GLANCE, left_lately)
    register_panel(
        Panel(
            key="aftercare",
            order=45,
            column="side",
            template="crosssector/aftercare/_panel.html",
            context=case_panel,
            prints=False,
        )
    )
    register_stay_panel("crosssector/aftercare/_panel.html", stay_panel, related="aftercare")
    name_what({
        "aftercare": _("the aftercare of a citizen"),
        "aftercare_end": _("the aftercare of a citizen"),
    })  # fmt: skip
    name_details({
        deadlines.UNDECIDED: _("a decision on aftercare"),
        deadlines.ENDS: _("the end of aftercare"),
    })  # fmt: skip
