"""A shelter's invoice to the municipality, held against the nights that are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from crosssector.reimbursement.enums import InvoiceState
from housing.models import Shelter, Stay
from housingfirst.access.enums import Act
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, user: User) -> Self:
        """Those of the municipalities whose invoices the user checks."""
        places = {unit.municipality_id for unit in user.units_for(Act.INVOICE_CHECK)}
        return self.filter(municipality__in=places)


class Invoice(Versioned):
    """An invoice for the nights [starts_on, ends_on). `letter` is the objection's own words: it
    names nobody, the lines do.

    `registered_nights` are those of the municipality's residents in the period, as they were
    registered when the invoice was read.
    """

    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(_("invoice number"), max_length=40)
    starts_on = models.DateField(_("first night"))
    ends_on = models.DateField(_("to"))
    registered_nights = models.PositiveIntegerField(_("registered nights"), default=0)
    state = models.CharField(
        _("state"), max_length=8, choices=InvoiceState, default=InvoiceState.RECEIVED
    )
    letter = models.TextField(_("letter"), max_length=5_000, blank=True)
    received_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = InvoiceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "shelter", "number"], name="crosssector_invoice_once"
            ),
            models.CheckConstraint(
                name="crosssector_invoice_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="crosssector_invoice_settled_by_somebody",
                condition=Q(state=InvoiceState.RECEIVED, settled_at__isnull=True)
                | (~Q(state=InvoiceState.RECEIVED) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="crosssector_invoice_objection_has_letter",
                condition=~Q(state=InvoiceState.OBJECTED) | ~Q(letter=""),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-starts_on"], name="crosssector_invoice_newest"),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLineQuerySet(models.QuerySet["InvoiceLine"]):
    def visible_to(self, user: User) -> Self:
        """Lines on cases the user sees, and those that no citizen was found for."""
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Q(case__isnull=True) | Exists(cases))


class InvoiceLine(models.Model):
    """A row of the invoice: nights [starts_on, starts_on + nights), as invoiced and as right.

    `written` is the name or number in the invoice, kept where no citizen was found; a CPR number is
    never kept. `differences` are what is wrong: `crosssector.reimbursement.invoicing`.
    """

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField(_("row"))
    written = models.CharField(_("as written"), max_length=120, blank=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    nights = models.PositiveIntegerField(_("nights"))
    rate_dkk = models.DecimalField(_("rate"), max_digits=8, decimal_places=2)
    amount_dkk = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    right_nights = models.PositiveIntegerField(_("registered nights"))
    right_amount_dkk = models.DecimalField(_("right amount"), max_digits=12, decimal_places=2)
    differences = models.JSONField(default=list)
    is_right = models.BooleanField(_("agrees"))

    objects = InvoiceLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "position"], name="crosssector_invoiceline_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.position}"
