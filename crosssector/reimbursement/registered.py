"""Days at a place before it stood on Tilbudsportalen: they use the citizen's days and earn nothing.

Source: law.md R-110-REF, only registered places are refunded (refund BEK § 5, stk. 2). That such
days use up the limit all the same is the cautious reading [UNVERIFIED].
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from crosssector.reimbursement.adjusting import Json, Piece
from housing.models import Shelter
from housingfirst.law import reimbursement as law

HELD: Final = "held"
"""The reason of days that the law refunds and the municipality has kept out."""
UNREGISTERED: Final = "unregistered"
"""The reason of days that the law would refund at a registered place."""


@dataclass(frozen=True, slots=True)
class ClaimedDays:
    """A line of the law's answer, or the part of one before or after the place was registered."""

    line: law.Line
    is_registered: bool = True

    @property
    def reason(self) -> str:
        return self.line.reason.value if self.is_registered else UNREGISTERED

    def is_refundable(self, *, is_held: bool = False) -> bool:
        return self.line.is_refundable and self.is_registered and not is_held

    def amount_dkk(self, *, is_held: bool = False) -> Decimal:
        """What is asked for; nothing of a stay that is kept out (`is_held`)."""
        refunded = self.is_refundable(is_held=is_held)
        return self.line.amount_dkk if refunded else Decimal("0.00")

    def piece(self, *, is_held: bool) -> Piece:
        """The days as a later claim is held against them."""
        line = self.line
        is_kept = is_held and line.is_refundable and self.is_registered
        return Piece(
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            rate_dkk=line.daily_rate_dkk,
            payment_dkk=line.resident_payment_dkk,
            share=line.refund_share,
            is_refundable=self.is_refundable(is_held=is_held),
            reason=HELD if is_kept else self.reason,
        )


def registered_since(shelter: Shelter) -> date | None:
    """The first day the place stood on Tilbudsportalen, None where nothing says it did not.

    A place without a number is no date's matter: the check of the claim stops it.
    """
    return shelter.registered_from if shelter.registered_number else None


def kept_since(stay: Json) -> date | None:
    """The same from a claim's facts; claims from before it was kept have none."""
    since = stay.get("registered")
    return date.fromisoformat(since) if stay["place"] and since else None


def parts_of(line: law.Line, since: date | None) -> Iterator[ClaimedDays]:
    """The line, cut at the first registered day where it is refunded on both sides of it."""
    if since is None or since <= line.starts_on or not line.is_refundable:
        yield ClaimedDays(line)
        return
    for first, end, is_registered in ((date.min, since, False), (since, date.max, True)):
        part = line.within(first, end)
        if part is not None:
            yield ClaimedDays(part, is_registered)
