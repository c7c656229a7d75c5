"""What this subject adds to the menu."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Role
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    register_place(
        MenuItem(
            key="team_overview",
            label=_("Overview"),
            icon="analytics",
            url_name="crosssector:team_overview",
            roles={Role.TEAM_LEAD},
            order=10,
            covers=(
                "crosssector:resident_stock",
                "crosssector:waiting_referrals",
                "crosssector:open_offers",
                "crosssector:team_handoffs",
                "crosssector:empty_homes",
            ),
        )
    )
