"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housing.supply import api, events
from housing.supply.dwelling_file import DwellingImporter
from housingfirst.access.enums import Act, Role
from housingfirst.access.what import name_what
from housingfirst.imports.importers import register_importer
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    api.register()
    events.register()
    register_importer(DwellingImporter())
    _log_words()
    register_place(
        MenuItem(
            key="vacancies",
            label=_("Vacancies"),
            icon="notifications",
            url_name="housing:vacancy_list",
            roles={Role.ALLOCATOR, Role.PARTNER},
            order=240,
            covers=("housing:vacancy_detail", "housing:vacancy_edit", "housing:vacancy_report"),
            act=Act.VACANCY_VIEW,
        ),
        MenuItem(
            key="estates",
            label=_("Estates and areas"),
            icon="business",
            url_name="housing:estate_list",
            roles={Role.ALLOCATOR},
            order=260,
            covers=("housing:estate_create", "housing:estate_edit"),
        ),
    )


def _log_words() -> None:
    name_what({
        "area": _("an area"),
        "area_create": _("the form for an area"),
        "area_edit": _("the form for an area"),
        "dwelling": _("a dwelling"),
        "estate": _("an estate"),
        "estate_list": _("the estates and areas"),
        "estate_create": _("the form for an estate"),
        "estate_edit": _("the form for an estate"),
        "vacancy": _("a vacancy"),
        "vacancy_list": _("the list of vacancies"),
        "vacancy_detail": _("a vacancy"),
        "vacancy_report": _("the form for a vacancy"),
        "vacancy_edit": _("the form for a vacancy"),
        "vacancy_close": _("the closing of a vacancy"),
    })  # fmt: skip
