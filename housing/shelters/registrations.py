"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from cases.casework.header import register_fact
from cases.casework.listing import Column, register_column
from cases.casework.panels import Panel, register_panel
from cases.casework.path import register_step
from cases.casework.tabs import Tab, register_tab
from cases.casework.whereabouts import register_place
from housing.shelters import api, deadlines, events, menu, panels, steps
from housing.shelters.stay_file import StayImporter
from housingfirst.access.enums import Act
from housingfirst.imports.importers import register_importer


def register() -> None:
    api.register()
    events.register()
    deadlines.register()
    menu.places()
    register_step(steps.NOTIFIED)
    register_fact(10, panels.clock_fact)
    register_panel(
        Panel(
            key="reimbursement",
            order=30,
            column="main",
            template="housing/shelters/_clock_panel.html",
            context=panels.clock_panel,
        )
    )
    register_tab(
        Tab(
            "reimbursement",
            70,
            _("Economy and refund"),
            "housing:reimbursement",
            Act.REIMBURSEMENT_VIEW,
        )
    )
    register_place("shelter", 10, panels.shelter_place)
    register_column(Column("clock", 40, _("Refund days"), panels.with_clock, panels.clock_cell))
    register_importer(StayImporter())
