"""The kinds of events this subject publishes. They are about dwellings and carry no case."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

VACANCY_REPORTED = "vacancy.reported"
VACANCY_CHANGED = "vacancy.changed"
VACANCY_CLOSED = "vacancy.closed"


def register() -> None:
    register_kind(VACANCY_REPORTED, Category.HOUSING, _("Vacancy reported"))
    register_kind(VACANCY_CHANGED, Category.HOUSING, _("Vacancy corrected"))
    register_kind(VACANCY_CLOSED, Category.HOUSING, _("Vacancy closed"))
