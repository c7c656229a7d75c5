"""The kinds of events this subject publishes. The citizen's words stay on the case."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

WISH_HEARD = "activity.heard"
WISH_ANSWERED = "activity.answered"


def register() -> None:
    register_kind(WISH_HEARD, Category.SUPPORT, _("Wish for activity written down"))
    register_kind(WISH_ANSWERED, Category.SUPPORT, _("Wish for activity answered"))
