"""What the panels of the tab are drawn from, asked once for each case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from cases.casework.glance import glance, has
from cases.casework.models import Case
from crosssector.readiness.granted import NOTHING, Granted, granted_in
from housing.shelters.selectors.reimbursement import counted_of
from housing.shelters.selectors.spans import Spans
from housing.tenancies.models import Tenancy
from housingfirst.law.money import whole_oere
from housingfirst.law.reimbursement import LineReason, Reimbursement
from housingfirst.law.support import (
    SupportLine,
    SupportRefundReason,
    SupportReimbursement,
    reimburse_support,
)
from housingfirst.lawbook.selectors import choices_of

_KNOWN: Final = "_citizen_refund"

LOST: Final = frozenset(
    {
        SupportRefundReason.DECIDED_ON_DISCHARGE_DATE,
        SupportRefundReason.DECIDED_AFTER_DISCHARGE,
        SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION,
        SupportRefundReason.DOES_NOT_FOLLOW_FACILITY,
    }
)
"""Why support is not refunded that would have been, decided or begun in time."""


@dataclass(frozen=True, slots=True)
class Home:
    """A lease during [starts_on, ends_on)."""

    starts_on: date
    ends_on: date | None

    @classmethod
    def of(cls, starts_on: str, ends_on: str | None) -> Home:
        """From the JSON of `homes`."""
        return cls(date.fromisoformat(starts_on), date.fromisoformat(ends_on) if ends_on else None)


def homes() -> ArraySubquery:
    """Every lease of a case, oldest first; read with the case."""
    tenancies = Tenancy.objects.filter(case=OuterRef("pk")).order_by("starts_on", "pk")
    return ArraySubquery(
        tenancies.values(json=JSONObject(starts_on="starts_on", ends_on="ends_on"))
    )


@dataclass(frozen=True, slots=True)
class CitizenRefund:
    """A citizen's stays, support and homes, and what the state refunds of them.

    `stays` counts through `today`, `support` to the end of each window.
    """

    today: date
    counted: Spans
    stays: Reimbursement
    granted: Granted
    support: SupportReimbursement
    homes: Sequence[Home]

    @property
    def _tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    @property
    def support_until_today(self) -> Sequence[SupportLine]:
        return self.support.within(date.min, self._tomorrow)

    @property
    def gained_dkk(self) -> Decimal:
        """What the state refunds of all that has been."""
        of_support = sum((line.amount_dkk for line in self.support_until_today), Decimal(0))
        return self.stays.amount_dkk + of_support

    @property
    def lost_dkk(self) -> Decimal:
        """The state's share of nights over the limit, and of support decided too late."""
        nights = sum(
            (
                whole_oere(line.net_cost_dkk * line.refund_share)
                for line in self.stays.lines
                if line.reason is LineReason.OVER_LIMIT
            ),
            Decimal(0),
        )
        return nights + sum((lost_of(line) for line in self.support_until_today), Decimal(0))


def lost_of(line: SupportLine) -> Decimal:
    """The state's share of a line that is not refunded because something came too late."""
    if line.reason not in LOST:
        return Decimal(0)
    return whole_oere((line.cost_dkk or Decimal(0)) * line.refund_share)


def refund_of(case: Case, today: date) -> CitizenRefund:
    """One query for the decisions, if any, beside those of the tab itself."""
    known = vars(case)
    found: CitizenRefund | None = known.get(_KNOWN)
    if found is None or found.today != today:
        counted, stays = counted_of(case, today)
        given = NOTHING
        if has(case, "support_decisions"):
            given = granted_in([case.pk])[case.pk]
        settings = choices_of(case.municipality_id).support
        found = known[_KNOWN] = CitizenRefund(
            today=today,
            counted=counted,
            stays=stays,
            granted=given,
            support=reimburse_support(counted.periods, given.spans, settings=settings),
            homes=[Home.of(**home) for home in glance(case, "homes")],
        )
    return found
