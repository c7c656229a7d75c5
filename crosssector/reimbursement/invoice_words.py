"""What is wrong with an invoice, in words; and the draft of the letter that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crosssector.reimbursement.enums import Difference, InvoiceState
from crosssector.reimbursement.invoice_selectors import InvoiceSums
from crosssector.reimbursement.models import Invoice, InvoiceLine
from housingfirst.ui import parts, words

TONES: Final[Mapping[InvoiceState, parts.Severity]] = {
    InvoiceState.RECEIVED: "soon",
    InvoiceState.ACCEPTED: "done",
    InvoiceState.OBJECTED: "wait",
}
SENTENCES: Final[Mapping[Difference, str | Promise]] = {
    Difference.UNKNOWN: gettext_lazy("We have no resident at the shelter by that name or number."),
    Difference.NOT_OURS: gettext_lazy(
        "Another municipality is the acting one for the stay (%(nights)s, %(span)s)."
    ),
    Difference.BEFORE_ADMISSION: gettext_lazy("%(nights)s before the admission, %(span)s."),
    Difference.DISCHARGE_DAY: gettext_lazy(
        "The day of discharge is invoiced as a night, %(span)s."
    ),
    Difference.AFTER_DISCHARGE: gettext_lazy("%(nights)s after the discharge, %(span)s."),
    Difference.OVERLAP: gettext_lazy("%(nights)s invoiced before, %(span)s."),
    Difference.OUTSIDE: gettext_lazy("%(nights)s outside the period of the invoice, %(span)s."),
    Difference.RATE: gettext_lazy(
        "Invoiced at %(invoiced)s a night; the rate is %(registered)s (%(nights)s)."
    ),
    Difference.NIGHTS: gettext_lazy("%(nights)s invoiced; the dates give %(by_dates)s."),
    Difference.AMOUNT: gettext_lazy(
        "The amount is %(invoiced)s; nights by rate is %(registered)s."
    ),
}


@dataclass(frozen=True, slots=True)
class ToldInvoiceLine:
    """`who` is the citizen, or what the invoice says where nobody was found; empty when hidden."""

    line: InvoiceLine
    who: str
    sentences: Sequence[str]
    disputed_dkk: Decimal
    url: str = ""


def disputed_of(line: InvoiceLine) -> Decimal:
    return line.amount_dkk - line.right_amount_dkk


def difference_in_words(one: Mapping[str, Any], *, today: date) -> str:
    said = {
        "nights": nights_in_words(one["nights"]),
        "span": _span(one, today),
        "by_dates": one.get("by_dates", ""),
        "invoiced": _money(one.get("invoiced")),
        "registered": _money(one.get("registered")),
    }
    return words.sentence(str(SENTENCES[Difference(one["code"])]) % said)


def told_lines(lines: Iterable[InvoiceLine], *, today: date) -> list[ToldInvoiceLine]:
    """Lines that the reader sees."""
    return [
        ToldInvoiceLine(
            line=line,
            who=line.case.citizen.name if line.case else line.written or _("Not found"),
            sentences=[difference_in_words(one, today=today) for one in line.differences],
            disputed_dkk=disputed_of(line),
        )
        for line in lines
    ]


def nights_in_words(number: int) -> str:
    return ngettext("%(n)s night", "%(n)s nights", number) % {"n": words.number(number)}


def letter_draft(invoice: Invoice, sums: InvoiceSums) -> str:
    """The letter's words, to be edited. The lines stand in a table under it."""
    said = {
        "number": invoice.number,
        "first": words.day_as_typed(invoice.starts_on),
        "last": words.day_as_typed(sums.last_on),
        "nights": nights_in_words(sums.nights),
        "registered": nights_in_words(invoice.registered_nights),
        "amount": words.money(sums.amount_dkk),
        "right": words.money(sums.right_amount_dkk),
        "disputed": words.money(sums.disputed_dkk),
    }
    return "\n\n".join(
        words.sentence(paragraph)
        for paragraph in (
            _(
                "We have held your invoice %(number)s for %(first)s to %(last)s against the nights "
                "that are registered."
            )
            % said,
            _(
                "You have invoiced %(nights)s, %(amount)s. %(registered)s are registered. We can "
                "accept %(right)s, and object to %(disputed)s. The lines are named below."
            )
            % said,
            _(
                "A night is named by its evening, so the day of discharge is none. The rate is the "
                "one that you have reported to Tilbudsportalen for the day."
            ),
            _("Send us a credit note, or tell us what we have overlooked."),
        )
    )


def _span(one: Mapping[str, Any], today: date) -> str:
    if not one.get("from"):
        return ""
    first, last = date.fromisoformat(one["from"]), date.fromisoformat(one["to"])
    return words.day_span(first, last, today=today)


def _money(text: str | None) -> str:
    return "" if text is None else words.money(Decimal(text))
