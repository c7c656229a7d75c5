"""What this subject adds to the menu."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crosssector.exports.files import register_file
from housingfirst.access.enums import Role
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    _log_words()
    register_file("resident_stock", _stock_file)
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
                "crosssector:alert_usefulness",
            ),
        )
    )


def _stock_file(query: str) -> str:
    address = reverse("crosssector:resident_stock_export")
    return f"{address}?{query}" if query else address


def _log_words() -> None:
    name_what({
        "team_overview": _("the team's figures"),
        "resident_stock": _("the residents behind the figures"),
        "resident_stock_export": _("the residents behind the figures"),
        "resident_stock_ask": _("the asking for a large file"),
        "waiting_referrals": _("the housing referrals behind the figures"),
        "open_offers": _("the offers behind the figures"),
        "team_handoffs": _("the handoffs behind the figures"),
        "empty_homes": _("the homes behind the figures"),
        "alert_usefulness": _("what alerts are good for"),
    })  # fmt: skip
