"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.casework.closing import register_running
from cases.casework.glance import register_glance
from cases.casework.header import register_fact
from cases.casework.listing import Column, register_column
from cases.casework.models import Case
from cases.casework.panels import Panel, register_panel
from cases.casework.path import register_step
from cases.casework.tabs import Tab, register_tab
from cases.casework.whereabouts import register_place
from housing.shelters import api, choices, deadlines, events, menu, panels, steps
from housing.shelters.models import Stay
from housing.shelters.stay_file import StayImporter
from housingfirst.access.enums import Act
from housingfirst.access.what import name_details, name_what
from housingfirst.imports.importers import register_importer


def register() -> None:
    register_running(_stay_runs)
    _log_words()
    api.register()
    events.register()
    choices.register()
    deadlines.register()
    menu.places()
    register_step(steps.NOTIFIED)
    register_glance("stay", _has_stay)
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
            _("Economy and reimbursement"),
            "housing:reimbursement",
            Act.REIMBURSEMENT_VIEW,
        )
    )
    register_place("shelter", 10, panels.shelter_place)
    register_column(
        Column("clock", 40, _("Reimbursement days"), panels.with_clock, panels.clock_cell)
    )
    register_importer(StayImporter())


def _has_stay() -> Exists:
    return Exists(Stay.objects.open().filter(citizen=OuterRef("citizen")))


def _log_words() -> None:
    name_what({
        "acting_municipality": _("which municipality acts"),
        "resident_list": _("the residents of a shelter"),
        "stay": _("a stay"),
        "stay_detail": _("a stay"),
        "stays": _("the stays of a shelter"),
        "stay_admit": _("the admission of a citizen"),
        "stay_discharge": _("the discharge of a citizen"),
        "absence": _("an absence"),
        "absence_register": _("an absence"),
        "absence_end": _("an absence"),
        "bed_list": _("the beds of a shelter"),
        "rate_list": _("the rates of a shelter"),
        "rate_remove": _("the rates of a shelter"),
        "shelter_edit": _("the details of a shelter"),
        "plan_drop": _("the planned discharge of a citizen"),
        "stay_move": _("a move to another bed"),
        "bed_change": _("the beds of a shelter"),
        "days_elsewhere": _("days used at other shelters"),
        "days_elsewhere_add": _("days used at other shelters"),
        "notice": _("a shelter's notice"),
        "notice_list": _("the notices of a shelter"),
        "notice_inbox": _("the notices from shelters"),
        "notice_letter": _("a shelter's notice"),
        "notice_send": _("a shelter's notice"),
        "notice_answer": _("the answer to a shelter's notice"),
        "notice_acknowledge": _("the answer to a shelter's notice"),
        "notice_readdress": _("a shelter's notice"),
        "reimbursement": _("the reimbursement"),
        "shelter": _("a shelter"),
        "bed": _("the beds of a shelter"),
        "api:stay": _("a stay, by another system"),
        "api:stays": _("a list of stays, by another system"),
    })  # fmt: skip
    name_details({
        "reimbursement_limit": _("the limit of the reimbursement"),
        "admission_notice": _("notice of an admission"),
        "discharge_notice": _("notice of a discharge"),
        "admission_answer": _("the answer to a shelter's notice"),
        "notice_refused": _("a notice without a municipality"),
        "planned_discharge": _("the day of a planned discharge"),
    })  # fmt: skip


def _stay_runs(case: Case) -> str | None:
    if Stay.objects.filter(case=case, discharged_on__isnull=True).exists():
        return gettext("A stay at a shelter is running: the shelter discharges first.")
    return None
