"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housing.supply import api, events
from housing.supply.dwelling_file import DwellingImporter
from housingfirst.access.enums import Act, Role
from housingfirst.imports.importers import register_importer
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    api.register()
    events.register()
    register_importer(DwellingImporter())
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
