"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housing.rents import choices, deadlines, events
from housingfirst.access.what import name_details, name_what


def register() -> None:
    events.register()
    choices.register()
    deadlines.register()
    name_what({
        "rent": _("the reduced rent of a home"),
        "rent_reviewed": _("the reduced rent of a home"),
    })  # fmt: skip
    name_details({deadlines.RENT: _("a rise of the rent")})
