"""The columns of a file of stays."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.citizens.cpr import Cpr, NotCpr, parse_cpr
from housing.shelters.enums import AcuteNeed, AdmissionRoute, DischargeTo
from housingfirst.imports.columns import (
    CellError,
    Column,
    line_of,
    one_of,
    read_amount,
    read_day,
)


def read_cpr(text: str) -> Cpr:
    """Ten digits, hyphen or not; a spreadsheet may have lost the first. Raises CellError."""
    digits = text.replace(" ", "")
    if digits.isdigit() and len(digits) == 9:
        digits = "0" + digits
    try:
        return parse_cpr(digits)
    except NotCpr:
        # The number itself is not repeated: the report is read by more than the file.
        raise CellError(str(_("not a CPR number. Write ddmmyy-xxxx."))) from None


ROUTES: Final = {
    "selv mødt": AdmissionRoute.SELF,
    "selvmøder": AdmissionRoute.SELF,
    "kommune": AdmissionRoute.MUNICIPALITY,
    "psykiatri": AdmissionRoute.PSYCHIATRY,
    "fængsel": AdmissionRoute.PRISON,
    "hospital": AdmissionRoute.HOSPITAL,
    "sygehus": AdmissionRoute.HOSPITAL,
    "andet": AdmissionRoute.OTHER,
}
DESTINATIONS: Final = {
    "egen bolig": DischargeTo.OWN_HOME,
    "§ 107": DischargeTo.FACILITY_107,
    "§ 108": DischargeTo.FACILITY_108,
    "anden boform": DischargeTo.OTHER_SHELTER,
    "familie eller venner": DischargeTo.FAMILY,
    "behandling": DischargeTo.TREATMENT,
    "fængsel": DischargeTo.PRISON,
    "gade": DischargeTo.STREET,
    "ukendt": DischargeTo.UNKNOWN,
    "død": DischargeTo.DEAD,
}
NEEDS: Final = {
    "ingen bolig": AcuteNeed.NO_HOME,
    "bolig kan ikke bruges": AcuteNeed.HOME_UNUSABLE,
}

COLUMNS: Final = (
    Column(
        "external_id",
        "Løbenummer",
        line_of(60),
        _("The stay's number in your own system. With it a later file can correct the stay."),
        "2026-0314",
        ("id", "ophold", "opholdsid", "nr"),
    ),
    Column(
        "cpr",
        "CPR",
        read_cpr,
        _("With or without hyphen. Empty when the citizen has none: then name and date of birth."),
        "300280-0001",
        ("cprnr", "cprnummer", "personnummer"),
    ),
    Column("name", "Navn", line_of(120), _("The citizen's name."), "Alma Prøve", is_required=True),
    Column(
        "birth_date",
        "Fødselsdato",
        read_day,
        _("Needed when there is no CPR number."),
        "17-05-1980",
        ("født",),
    ),
    Column(
        "admitted_on",
        "Indskrevet",
        read_day,
        _("The day of admission."),
        "03-08-2026",
        ("indskrivning", "indskrivningsdato", "fra", "startdato"),
        is_required=True,
    ),
    Column(
        "discharged_on",
        "Udskrevet",
        read_day,
        _("The day of discharge; empty while the citizen stays."),
        "",
        ("udskrivning", "udskrivningsdato", "til", "slutdato"),
    ),
    Column(
        "to",
        "Udskrevet til",
        one_of(DESTINATIONS),
        _("Where to: egen bolig, familie eller venner, gade, § 107, anden boform, ukendt …"),
        "",
    ),
    Column("bed", "Plads", line_of(40), _("The bed, as it is called here."), "101", ("seng",)),
    Column(
        "rate",
        "Takst",
        read_amount,
        _("The agreed rate per day; the shelter's own when empty."),
        "1.450,00",
        ("døgntakst",),
    ),
    Column(
        "payment",
        "Egenbetaling",
        read_amount,
        _("What the resident pays per day; the shelter's own when empty."),
        "107,00",
    ),
    Column(
        "municipality",
        "Handlekommune",
        line_of(80),
        _("The acting municipality by code or name; the shelter's own when empty."),
        "Fjordby",
        ("kommune", "betalingskommune"),
    ),
    Column(
        "route",
        "Kommer fra",
        one_of(ROUTES),
        _("Selv mødt, kommune, psykiatri, fængsel, hospital or andet."),
        "selv mødt",
        ("henvist af", "henvendelse"),
    ),
    Column(
        "need",
        "Målgruppe",
        one_of(NEEDS),
        _("Ingen bolig, or bolig kan ikke bruges."),
        "ingen bolig",
    ),
    Column(
        "reason",
        "Årsag",
        line_of(2_000),
        _("Why now. Read again at an audit."),
        "Kom ind fra gaden",
        ("grund", "begrundelse"),
    ),
    Column(
        "notified_on",
        "Orienteret",
        read_day,
        _("The day the acting municipality was told of the admission, if it was."),
        "04-08-2026",
        ("orienteringsdato",),
    ),
)
