"""The kinds of events this subject publishes."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

AFTERCARE_DECIDED = "aftercare.decided"
AFTERCARE_ENDED = "aftercare.ended"


def register() -> None:
    register_kind(AFTERCARE_DECIDED, Category.STAY, _("Aftercare decided"))
    register_kind(AFTERCARE_ENDED, Category.STAY, _("Aftercare ended"))
