"""The kinds of events this subject publishes. They are about organisations and carry no case."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

AGREEMENT_SAVED = "agreement.saved"


def register() -> None:
    register_kind(AGREEMENT_SAVED, Category.HOUSING, _("Agreement on allocation saved"))
