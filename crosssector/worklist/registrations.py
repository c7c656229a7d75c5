"""What this subject adds to the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from crosssector.worklist.menu import things_waiting
from housingfirst.access.enums import Role
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    _log_words()
    for key, order, roles in (
        ("my_day", 20, {Role.ADVISER, Role.HYBRID}),
        ("my_day_support", 25, {Role.SUPPORT_WORKER}),
        ("my_day_shelter", 125, {Role.SHELTER_STAFF, Role.SHELTER_LEADER}),
        ("my_day_allocation", 235, {Role.ALLOCATOR}),
    ):
        register_place(
            MenuItem(
                key=key,
                label=_("My day"),
                icon="list-check",
                url_name="deadlines:my_day",
                roles=roles,
                order=order,
                count=things_waiting,
                covers=("deadlines:",),
            )
        )
    register_place(
        MenuItem(
            key="unit_day",
            label=_("The unit's day"),
            icon="list-check",
            url_name="deadlines:unit_day",
            roles={Role.TEAM_LEAD},
            order=20,
            covers=("deadlines:",),
        )
    )


def _log_words() -> None:
    name_what({
        "my_day": _("a person's worklist"),
        "unit_day": _("a unit's worklist"),
        "deadline": _("a deadline"),
        "acknowledge": _("a deadline somebody has in hand"),
        "snooze": _("a deadline put off"),
        "wake": _("a deadline taken back onto the list"),
        "outlets": _("the calendar link and the daily mail"),
        "feed_make": _("a calendar link"),
        "feed_revoke": _("a calendar link ended"),
        "digest_set": _("the daily mail"),
        "calendar": _("a calendar link"),
        "calendar_feed": _("a calendar link"),
        "calendar_feed_revoked": _("a calendar link ended"),
        "daily_mail": _("the daily mail"),
        "give": _("a deadline given to a colleague"),
        "give_back": _("a deadline given back"),
        "deadline_open": _("a deadline"),
        "deadline_give": _("a deadline given to a colleague"),
        "deadline_give_back": _("a deadline given back"),
        "deadline_acknowledge": _("a deadline somebody has in hand"),
        "deadline_snooze": _("a deadline put off"),
        "deadline_wake": _("a deadline taken back onto the list"),
    })  # fmt: skip
