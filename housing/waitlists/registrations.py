"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housing.waitlists import deadlines, events
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    deadlines.register()
    name_what({
        "waitlist": _("a place on an ordinary waiting list"),
        "waitlists": _("the ordinary waiting lists"),
        "waitlist_decline": _("the ordinary waiting lists"),
        "waitlist_leave": _("a place on an ordinary waiting list"),
    })  # fmt: skip
    name_details({deadlines.SIGN_UP: _("signing up on ordinary waiting lists")})
