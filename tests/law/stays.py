"""The stays of the law's examples."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from housingfirst.law.reimbursement import (
    NewYearStart,
    ReimbursementSettings,
    StaySpan,
)

RATE = Decimal("1500.00")


PAYMENT = Decimal("100.00")


def stay(admitted: str, discharged: str | None, **more: Any) -> StaySpan:
    """A stay at 1,500 a day of which the resident pays 100: 700 refunded per refundable day."""
    return StaySpan(
        admitted_on=date.fromisoformat(admitted),
        discharged_on=date.fromisoformat(discharged) if discharged else None,
        **({"daily_rate_dkk": RATE, "resident_payment_dkk": PAYMENT} | more),
    )


def days(first: str, n: int) -> list[date]:
    return [date.fromisoformat(first) + timedelta(days=i) for i in range(n)]


E6 = [stay("2024-03-01", "2024-07-29"), stay("2025-06-15", "2025-08-14")]


E6B = [*E6, stay("2026-03-10", "2026-05-09")]


E9 = [stay("2026-04-01", "2026-08-01")]


E12 = [
    stay("2026-05-01", "2026-05-20", reference="A"),
    stay("2026-05-18", "2026-06-07", reference="B"),
]


E15 = [stay("2024-02-29", "2024-03-10"), stay("2025-02-27", "2025-03-05")]


J1 = [
    stay(
        "2026-08-03",
        "2026-12-14",
        daily_rate_dkk=Decimal("1450.00"),
        resident_payment_dkk=Decimal("107.00"),
    )
]


DEFAULT = ReimbursementSettings()


FIXED = ReimbursementSettings(new_year_start=NewYearStart.FIXED)
