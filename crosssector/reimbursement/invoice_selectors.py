"""Reads of the invoices' pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum

from crosssector.reimbursement.models import Invoice, InvoiceLine
from housingfirst.access.models import User

LISTED: Final = 40
ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class InvoiceSums:
    """What is invoiced, what of it is right, and what is disputed."""

    lines: int
    wrong: int
    nights: int
    right_nights: int
    amount_dkk: Decimal
    right_amount_dkk: Decimal
    last_on: date

    @property
    def disputed_dkk(self) -> Decimal:
        return self.amount_dkk - self.right_amount_dkk

    @property
    def too_many(self) -> int:
        return self.nights - self.right_nights


def invoices_of(user: User) -> list[dict[str, Any]]:
    """The newest invoices with what they come to."""
    invoices = list(
        Invoice.objects.visible_to(user)
        .select_related("shelter", "municipality", "settled_by")
        .order_by("-starts_on", "-pk")[:LISTED]
    )
    rows = (
        InvoiceLine.objects.filter(invoice__in=invoices)
        .values("invoice")
        .annotate(
            of_nights=Sum("nights"),
            amount=Sum("amount_dkk"),
            disputed=Sum(F("amount_dkk") - F("right_amount_dkk")),
            wrong=Count("pk", filter=Q(is_right=False)),
        )
    )
    sums = {row["invoice"]: row for row in rows}
    return [
        {
            "invoice": one,
            "sums": sums.get(one.pk),
            "last_on": one.ends_on - timedelta(days=1),
        }
        for one in invoices
    ]


def sums_of(invoice: Invoice) -> InvoiceSums:
    row = InvoiceLine.objects.filter(invoice=invoice).aggregate(
        lines=Count("pk"),
        wrong=Count("pk", filter=Q(is_right=False)),
        of_nights=Sum("nights", default=0),
        right=Sum("right_nights", default=0),
        amount=Sum("amount_dkk", default=ZERO),
        right_amount=Sum("right_amount_dkk", default=ZERO),
    )
    return InvoiceSums(
        row["lines"],
        row["wrong"],
        row["of_nights"],
        row["right"],
        row["amount"],
        row["right_amount"],
        invoice.ends_on - timedelta(days=1),
    )


def lines_of(invoice: Invoice, user: User) -> QuerySet[InvoiceLine]:
    """The lines the user sees: on visible cases, and about nobody that was found."""
    return (
        InvoiceLine.objects.visible_to(user)
        .filter(invoice=invoice)
        .select_related("case__citizen", "stay")
    )


def hidden_of(invoice: Invoice, user: User) -> dict[str, Any]:
    """Number and disputed sum of the lines the user does not see."""
    seen = InvoiceLine.objects.visible_to(user).filter(invoice=invoice)
    rest = InvoiceLine.objects.filter(invoice=invoice).exclude(pk__in=seen.values("pk"))
    return rest.aggregate(
        lines=Count("pk"), disputed=Sum(F("amount_dkk") - F("right_amount_dkk"), default=ZERO)
    )
