"""What this subject adds to the registries of other apps."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.what import name_details, name_what
from support.milestones import deadlines, events


def register() -> None:
    events.register()
    deadlines.register()
    name_what({
        "milestone": _("a milestone of a course"),
        "milestone_hold": _("a milestone of a course"),
    })  # fmt: skip
    name_details({
        deadlines.REVIEW: _("a review of CTI"),
        deadlines.CONTACTS: _("the contacts of the first month"),
        deadlines.FOLLOW_ON: _("what follows a course"),
        deadlines.HAND_OVER: _("the hand-over of a course"),
    })  # fmt: skip
