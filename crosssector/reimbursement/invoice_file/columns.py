"""The columns of an invoice."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from housing.shelters.stay_file.columns import read_cpr
from housingfirst.imports.columns import Column, line_of, read_amount, read_day, read_whole

COLUMNS: Final = (
    Column(
        "name",
        "Borger",
        line_of(120),
        _("The resident's name, as the shelter has registered it."),
        "Alma Prøve",
        ("navn", "beboer", "beboernavn"),
    ),
    Column(
        "cpr",
        "CPR",
        read_cpr,
        _("With or without hyphen. Used to find the citizen, and not kept."),
        "300280-0001",
        ("cprnr", "cprnummer", "personnummer"),
    ),
    Column(
        "external_id",
        "Løbenummer",
        line_of(60),
        _("The shelter's own number of the stay. One of the three is enough."),
        "2026-0314",
        ("id", "ophold", "opholdsid", "nr"),
    ),
    Column(
        "starts_on",
        "Fra",
        read_day,
        _("The first night."),
        "01-07-2026",
        ("fradato", "startdato", "første nat"),
        is_required=True,
    ),
    Column(
        "to_on",
        "Til",
        read_day,
        _("The last night, or the day after it."),
        "31-07-2026",
        ("tildato", "slutdato", "sidste nat"),
    ),
    Column(
        "nights",
        "Nætter",
        read_whole,
        _("How many nights are invoiced."),
        "31",
        ("antal", "døgn", "antal døgn", "antal nætter", "dage"),
        is_required=True,
    ),
    Column(
        "rate",
        "Takst",
        read_amount,
        _("The price of a night."),
        "1.450,00",
        ("døgntakst", "pris"),
        is_required=True,
    ),
    Column(
        "amount",
        "Beløb",
        read_amount,
        _("Nights times rate."),
        "44.950,00",
        ("sum", "i alt", "total"),
        is_required=True,
    ),
)
