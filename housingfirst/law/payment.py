"""R-110-PAY: what a resident at a § 110 boform pays a day (SEL § 163; BEK 1244 of 13 Nov 2017).

From the first day of the stay; light, heat and accompanying children are included, food and
laundry are the boform's own charges. One who keeps an own home as a rule pays nothing for the room.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from housingfirst.law.tables import version_table
from housingfirst.law.versions import Mark

RULE_ID: Final = "R-110-PAY"


@dataclass(frozen=True, slots=True)
class OwnPaymentTerms:
    """Kroner a day; None for a year whose rate was not found."""

    daily_dkk: Decimal | None


OWN_PAYMENT_TERMS: Final = version_table("payment", RULE_ID, OwnPaymentTerms)


class OwnPaymentReason(StrEnum):
    RATE_OF_THE_YEAR = "rate-of-the-year"
    KEEPS_OWN_HOME = "keeps-own-home"
    RATE_UNKNOWN = "rate-unknown"
    """The rate of the day was not found: the boform's own price says what is paid."""


@dataclass(frozen=True, slots=True)
class OwnPayment:
    """What the resident pays on one day, and why; `daily_dkk` None when it is not known."""

    day: date
    daily_dkk: Decimal | None
    reason: OwnPaymentReason
    terms_version: str
    source: str
    mark: Mark
    rule_id: str = RULE_ID


def own_payment_on(day: date, *, keeps_own_home: bool = False) -> OwnPayment:
    """What a resident pays on `day`.

    Source: SEL § 163 and the order on own payment, § 2 and § 4.
    """
    version = OWN_PAYMENT_TERMS.on(day)
    daily_dkk, reason = version.value.daily_dkk, OwnPaymentReason.RATE_OF_THE_YEAR
    if keeps_own_home:
        daily_dkk, reason = Decimal("0.00"), OwnPaymentReason.KEEPS_OWN_HOME
    elif daily_dkk is None:
        reason = OwnPaymentReason.RATE_UNKNOWN
    return OwnPayment(
        day=day,
        daily_dkk=daily_dkk,
        reason=reason,
        terms_version=version.key,
        source=version.source,
        mark=version.mark,
    )
