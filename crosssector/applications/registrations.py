"""What this subject adds to the registries of other apps."""

from django.utils.translation import gettext_lazy as _

from cases.casework.glance import register_glance
from cases.casework.summary import register_decisions
from crosssector.applications import case_page, choices, deadlines, events
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    deadlines.register()
    choices.register()
    register_glance("application", case_page.waits)
    register_decisions("applications", 27, case_page.lines)
    name_what({
        "application": _("an application"),
        "applications": _("the applications of a citizen"),
        "application_told": _("an application"),
        "application_withdraw": _("an application"),
        "loan_told": _("a handoff"),
    })  # fmt: skip
    name_details({
        deadlines.ANSWER: _("the answer to an application"),
        deadlines.LOAN: _("the answer to an application"),
    })  # fmt: skip
