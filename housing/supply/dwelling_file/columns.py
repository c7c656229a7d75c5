"""The columns of a file of dwellings and vacancies."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from housing.supply.enums import DwellingKind
from housingfirst.imports.columns import (
    CellError,
    Column,
    line_of,
    one_of,
    read_amount,
    read_day,
    read_whole,
    read_yes,
)

KINDS: Final = {
    "familiebolig": DwellingKind.FAMILY,
    "ungdomsbolig": DwellingKind.YOUTH,
    "ældrebolig": DwellingKind.ELDERLY,
    "kommunal": DwellingKind.MUNICIPAL,
    "privat": DwellingKind.PRIVATE,
    "skæv bolig": DwellingKind.SKAEV,
    "udslusningsbolig": DwellingKind.TRANSITIONAL,
}


def read_floor(text: str) -> int:
    """ "st.", "2", "2. sal" or "kl." (the basement, -1). Raises CellError."""
    word = text.strip().casefold().rstrip(".")
    if word in ("st", "stue", "stuen"):
        return 0
    if word in ("kl", "kld", "kælder"):
        return -1
    return read_whole(re.sub(r"\s*\.?\s*(sal)?$", "", word))


def read_count(text: str) -> int:
    """A whole number from 1 on. Raises CellError."""
    number = read_whole(text)
    if number < 1:
        raise CellError(str(_("write a number from 1 on.")))
    return number


COLUMNS: Final = (
    Column(
        "organisation",
        "Boligorganisation",
        line_of(120),
        _("The housing organisation, as it is called here."),
        "Fjordbo",
        ("organisation",),
        is_required=True,
    ),
    Column("estate", "Afdeling", line_of(120), _("The estate."), "Havnen 2", is_required=True),
    Column(
        "area",
        "Område",
        line_of(60),
        _("The part of the municipality; needed when the estate is new."),
        "Havnekvarteret",
    ),
    Column(
        "number",
        "Bolignummer",
        line_of(30),
        _("The dwelling's number in the estate. It is how the dwelling is found again."),
        "14-03-2",
        ("lejemålsnummer", "lejemål"),
        is_required=True,
    ),
    Column(
        "address",
        "Adresse",
        line_of(120),
        _("Street, number, floor, side."),
        "Skonnertvej 8, st. tv.",
    ),
    Column(
        "kind",
        "Boligtype",
        one_of(KINDS),
        _("Familiebolig when empty; else ungdomsbolig, ældrebolig, kommunal, privat …"),
        "familiebolig",
    ),
    Column("rooms", "Rum", read_count, _("Number of rooms."), "2", ("værelser",)),
    Column("size_m2", "Areal", read_count, _("Square metres."), "51", ("m2", "størrelse")),
    Column("floor", "Etage", read_floor, _("St., 1, 2 …"), "st."),
    Column("has_lift", "Elevator", read_yes, _("Ja or nej."), "nej"),
    Column("step_free", "Uden trin", read_yes, _("Ja or nej."), "ja", ("trinfri",)),
    Column("has_outdoor_space", "Altan eller have", read_yes, _("Ja or nej."), "nej", ("altan",)),
    Column("pets_allowed", "Husdyr", read_yes, _("Ja or nej."), "ja"),
    Column(
        "rent_dkk",
        "Husleje",
        read_amount,
        _("Per month, without utilities."),
        "4.930,00",
        ("leje",),
    ),
    Column("deposit_dkk", "Indskud", read_amount, _("The deposit."), "23.200,00"),
    Column(
        "available_from",
        "Ledig fra",
        read_day,
        _("Reports the dwelling vacant from that day; empty when it is not vacant."),
        "01-12-2026",
    ),
    Column(
        "answer_on",
        "Svarfrist",
        read_day,
        _("The last day for the municipality's answer."),
        "27-11-2026",
    ),
    Column(
        "vacancy_rent_from",
        "Tomgangsleje fra",
        read_day,
        _("The day from which the municipality pays vacancy rent."),
        "01-12-2026",
    ),
)
