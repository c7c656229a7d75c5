"""This subject's places in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from housing.shelters.models import Notice
from housing.shelters.selectors.notices import CONDITIONS, State, waiting_in_inbox
from housingfirst.access.enums import Role
from housingfirst.ui.menu import MenuItem, register

if TYPE_CHECKING:
    from housingfirst.access.models import User

SHELTER = {Role.SHELTER_STAFF, Role.SHELTER_LEADER}


def to_send(request: HttpRequest) -> int:
    user = cast("User", request.user)
    return Notice.objects.visible_to(user).filter(CONDITIONS[State.UNSENT]).count()


def to_answer(request: HttpRequest) -> int:
    return waiting_in_inbox(cast("User", request.user))


def places() -> None:
    register(
        MenuItem(
            key="residents",
            label=_("Residents"),
            icon="persons",
            url_name="housing:resident_list",
            roles=SHELTER,
            order=110,
            covers=("housing:stay_admit", "housing:stay_detail", "housing:stay_discharge"),
        ),
        MenuItem(
            key="notices",
            label=_("Notices"),
            icon="send",
            url_name="housing:notice_list",
            roles=SHELTER,
            order=130,
            count=to_send,
            covers=("housing:notice_readdress",),
        ),
        MenuItem(
            key="beds",
            label=_("Beds"),
            icon="view-in-list",
            url_name="housing:bed_list",
            roles=SHELTER,
            order=150,
            covers=("housing:bed_change",),
        ),
        MenuItem(
            key="rates",
            label=_("Rates"),
            icon="payments",
            url_name="housing:rate_list",
            roles={Role.SHELTER_LEADER},
            order=160,
            covers=("housing:shelter_edit",),
        ),
        MenuItem(
            key="notice_inbox",
            label=_("Notices"),
            icon="send",
            url_name="housing:notice_inbox",
            roles={Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD},
            order=65,
            count=to_answer,
            covers=("housing:notice_acknowledge",),
        ),
    )
