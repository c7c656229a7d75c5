"""Where the pages stand in the menu."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Role
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_item


def register() -> None:
    register_item(
        MenuItem(
            key="import",
            label=_("Import"),
            icon="upload",
            url_name="imports:import_list",
            roles={Role.SHELTER_STAFF, Role.SHELTER_LEADER, Role.ALLOCATOR},
            order=160,
            covers=("imports:",),
        )
    )
