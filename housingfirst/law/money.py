"""Amounts in Danish kroner."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_WHOLE_OERE: Final = Decimal("0.01")


def whole_oere(amount_dkk: Decimal) -> Decimal:
    """`amount_dkk` rounded half up to whole øre."""
    return amount_dkk.quantize(_WHOLE_OERE, ROUND_HALF_UP)
