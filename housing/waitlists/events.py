"""The kinds of events this subject publishes."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

LIST_JOINED: Final = "waitlist.joined"
LIST_DECLINED: Final = "waitlist.declined"
LIST_LEFT: Final = "waitlist.left"


def register() -> None:
    register_kind(LIST_JOINED, Category.HOUSING, _("On the waiting list of %(name)s"))
    register_kind(LIST_DECLINED, Category.HOUSING, _("Does not want to be on ordinary lists"))
    register_kind(LIST_LEFT, Category.HOUSING, _("Off the waiting list of %(name)s"))
