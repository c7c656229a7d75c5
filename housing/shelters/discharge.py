"""What must be known before a resident is discharged: each app adds its own checks.

They are shown before the button is pressed, and never hinder it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from housing.shelters.models import Stay
from housingfirst.access.enums import Act


@dataclass(frozen=True, slots=True)
class DischargeWarning:
    """What is lost, or must be done first. `severity` is "over" or "now".

    `act_url` is where it is put right and `act_label` the verb on its button, for those who have
    `act` on the case; who discharges and has not is told whom to call. All are empty when nobody
    can put it right. `amount_dkk` is what is at stake, None when unknown.
    """

    title: str
    text: str
    severity: Literal["over", "now"] = "now"
    act_label: str = ""
    act_url: str = ""
    act: Act | None = None
    amount_dkk: Decimal | None = None


Check = Callable[[Stay, date], DischargeWarning | None]
_CHECKS: list[Check] = []


def register_discharge_check(check: Check) -> None:
    """Add from AppConfig.ready a question asked of a discharge on a day; None when all is well."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def discharge_warnings(stay: Stay, discharged_on: date) -> list[DischargeWarning]:
    """What the checks say, the dearest first."""
    found = [w for check in _CHECKS if (w := check(stay, discharged_on)) is not None]
    return sorted(found, key=lambda w: (w.severity != "over", -(w.amount_dkk or Decimal(0))))
