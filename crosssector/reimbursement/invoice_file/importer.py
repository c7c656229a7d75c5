"""The importer of invoices, as the import engine knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.forms import Field
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crosssector.reimbursement.enums import Difference
from crosssector.reimbursement.errors import InvoicePeriodReversed
from crosssector.reimbursement.invoice_file.columns import COLUMNS
from crosssector.reimbursement.invoice_file.matching import Known, known_of, registered_nights
from crosssector.reimbursement.invoicing import Invoiced, Judged, judge
from crosssector.reimbursement.models import Invoice, InvoiceLine
from housing.models import Shelter, Stay
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.imports.columns import Column, ReadLine
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import Importer, Planned, Progress, error_line
from housingfirst.ui.forms import DayField, LineField, RowField

BATCH = 1_000


@dataclass(slots=True)
class InvoiceRow:
    """A row that can be read, and what was found of it."""

    row: Invoiced
    judged: Judged
    written: str


class InvoiceImporter:
    """An invoice of one shelter to the unit's municipality."""

    key = "invoices"
    label: str | Promise = _("Load a shelter's invoice")
    act = Act.INVOICE_CHECK
    columns: Sequence[Column] = COLUMNS

    def __init__(self, options: Mapping[str, str] | None = None) -> None:
        self._options = dict(options or {})

    def fields(self, user: User) -> Mapping[str, Field]:
        places = {unit.municipality_id for unit in user.units_for(self.act)}
        theirs = Stay.objects.filter(shelter=OuterRef("pk"), case__municipality__in=places)
        shelters = Shelter.objects.filter(Q(unit__municipality__in=places) | Exists(theirs))
        return {
            "shelter": RowField(shelters.order_by("name"), label=_("Shelter"), empty_label=None),
            "number": LineField(label=_("Invoice number"), max_length=40),
            "first_on": DayField(label=_("First night of the invoice"), prefer="past"),
            "last_on": DayField(label=_("Last night of the invoice"), prefer="past"),
        }

    def options(self, cleaned: Mapping[str, Any]) -> dict[str, str]:
        first_on: date = cleaned["first_on"]
        last_on: date = cleaned["last_on"]
        if last_on < first_on:
            raise InvoicePeriodReversed
        return {
            "shelter": str(cleaned["shelter"].reference),
            "number": cleaned["number"],
            "first_on": first_on.isoformat(),
            "last_on": last_on.isoformat(),
            "municipality": str(cleaned["unit"].municipality_id),
        }

    def with_options(self, options: Mapping[str, str]) -> Importer:
        return InvoiceImporter(options)

    def result_url(self, options: Mapping[str, str]) -> str:
        invoice = self.with_options_invoice(options)
        return (
            reverse("crosssector:invoice_detail", args=[invoice.reference])
            if invoice
            else reverse("crosssector:invoice_list")
        )

    def with_options_invoice(self, options: Mapping[str, str]) -> Invoice | None:
        """The invoice these options name, once it is there."""
        return Invoice.objects.filter(
            municipality=int(options["municipality"]),
            shelter__reference=options["shelter"],
            number=options["number"],
        ).first()

    def plan(self, lines: Sequence[ReadLine], unit: Unit, actor: User | None) -> list[Planned]:
        if self.with_options_invoice(self._options) is not None:
            there = gettext("The shelter's invoice with this number has been loaded already.")
            return [Planned(line.number, LineStatus.SAME, there) for line in lines]
        known = self._known(lines, unit)
        return [self._planned(line, known) for line in lines]

    def apply(
        self, plan: Sequence[Planned], unit: Unit, actor: User | None, progress: Progress
    ) -> None:
        known = self._known((), unit)
        invoice = Invoice(
            municipality=unit.municipality,
            shelter=self._shelter(),
            number=self._options["number"],
            starts_on=self._first_on,
            ends_on=self._ends_on,
            registered_nights=registered_nights(known, self._first_on, self._ends_on),
            received_by=actor,
        )
        invoice.save()
        InvoiceLine.objects.bulk_create(
            [_line(invoice, one) for one in plan if one.status == LineStatus.NEW],
            batch_size=BATCH,
        )
        progress(len(plan))

    @property
    def _first_on(self) -> date:
        return date.fromisoformat(self._options["first_on"])

    @property
    def _ends_on(self) -> date:
        return date.fromisoformat(self._options["last_on"]) + timedelta(days=1)

    def _shelter(self) -> Shelter:
        return Shelter.objects.select_related("unit").get(reference=self._options["shelter"])

    def _known(self, lines: Sequence[ReadLine], unit: Unit) -> Known:
        return known_of(
            self._shelter(),
            unit.municipality_id,
            lines,
            starts_on=self._first_on,
            ends_on=self._ends_on,
        )

    def _planned(self, line: ReadLine, known: Known) -> Planned:
        values = line.values
        missing = _missing(values)
        if line.errors or missing:
            return error_line(line, *missing)
        row = Invoiced(
            starts_on=values["starts_on"],
            to_on=values["to_on"],
            nights=values["nights"],
            rate_dkk=values["rate"],
            amount_dkk=values["amount"],
        )
        citizen_id = known.citizen_of(values)
        stays = None if citizen_id is None else known.stays.get(citizen_id, [])
        taken = set() if citizen_id is None else known.taken.setdefault(citizen_id, set())
        judged = judge(row, stays, taken=taken, starts_on=self._first_on, ends_on=self._ends_on)
        found = [str(Difference(one["code"]).label) for one in judged.differences]
        text = "; ".join(found) if found else gettext("Agrees with what is registered")
        written = values["name"] or values["external_id"] or ""
        return Planned(line.number, LineStatus.NEW, text, InvoiceRow(row, judged, written))


def _missing(values: Mapping[str, Any]) -> list[str]:
    told = []
    if not (values["cpr"] or values["name"] or values["external_id"]):
        told.append(gettext("Write who it is: name, CPR number or the shelter's own number."))
    if values["starts_on"] is None:
        told.append(gettext("Write the first night."))
    if not values["nights"] or values["nights"] < 0:
        told.append(gettext("Write how many nights are invoiced."))
    if values["rate"] is None:
        told.append(gettext("Write the price of a night."))
    if values["amount"] is None:
        told.append(gettext("Write the amount."))
    return told


def _line(invoice: Invoice, planned: Planned) -> InvoiceLine:
    one: InvoiceRow = planned.data
    stay: Stay | None = one.judged.stay.key if one.judged.stay else None
    return InvoiceLine(
        invoice=invoice,
        position=planned.number,
        written="" if stay else one.written,
        case=stay.case if stay else None,
        stay=stay,
        starts_on=one.row.starts_on,
        nights=one.row.nights,
        rate_dkk=one.row.rate_dkk,
        amount_dkk=one.row.amount_dkk,
        right_nights=one.judged.nights,
        right_amount_dkk=one.judged.amount_dkk,
        differences=one.judged.differences,
        is_right=not one.judged.differences and one.row.amount_dkk == one.judged.amount_dkk,
    )
