"""What this subject adds to the registries of other apps."""

from django.utils.translation import gettext_lazy as _

from cases.casework.closing import register_running
from cases.casework.glance import register_glance
from cases.casework.remedies import register_remedies
from cases.casework.summary import register_decisions
from crosssector.complaints import case_page, deadlines, events
from crosssector.complaints.clock import remedies
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    deadlines.register()
    register_remedies("complaints", remedies)
    register_running(case_page.still_runs)
    register_glance("complaint", case_page.runs)
    register_decisions("complaints", 28, case_page.lines)
    name_what({
        "complaint": _("a complaint"),
        "complaints": _("the decisions that may be complained about"),
        "complaint_new": _("the form for a complaint"),
        "decision_told": _("the day a decision was told"),
        "complaint_forward": _("a complaint"),
        "complaint_withdraw": _("a complaint"),
    })  # fmt: skip
    name_details({
        deadlines.REASSESS: _("a complaint"),
        deadlines.FORWARD: _("a complaint"),
    })  # fmt: skip
