"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housing.agreements import events
from housingfirst.access.enums import Act, Role
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    events.register()
    name_what({
        "agreement": _("an agreement on allocation"),
        "agreement_list": _("the agreements on allocation"),
        "agreement_detail": _("an agreement on allocation"),
    })  # fmt: skip
    register_place(
        MenuItem(
            key="agreements",
            label=_("Agreements"),
            icon="summary",
            url_name="housing:agreement_list",
            roles={Role.ALLOCATOR},
            order=250,
            covers=("housing:agreement_detail",),
            act=Act.ESTATE_WRITE,
        )
    )
