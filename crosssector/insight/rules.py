"""How residents and waiting citizens are grouped: decided from days alone."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class StockBand(StrEnum):
    """A resident's days over the limit or left of it, at the end of today; the worst first."""

    OVER_61 = "over-61"
    OVER_31 = "over-31"
    OVER_1 = "over-1"
    LEFT_0 = "left-0"
    LEFT_8 = "left-8"
    LEFT_15 = "left-15"
    LEFT_31 = "left-31"
    LEFT_61 = "left-61"


OVER: Final = (StockBand.OVER_61, StockBand.OVER_31, StockBand.OVER_1)
NEAR: Final = (StockBand.LEFT_0, StockBand.LEFT_8)
FAR: Final = (StockBand.LEFT_15, StockBand.LEFT_31, StockBand.LEFT_61)
NEAR_DAYS: Final = 14

OVER_FROM: Final[Mapping[StockBand, int]] = {
    StockBand.OVER_61: 61,
    StockBand.OVER_31: 31,
    StockBand.OVER_1: 0,
}
"""The fewest days over of each band; the worst first."""
LEFT_FROM: Final[Mapping[StockBand, int]] = {
    StockBand.LEFT_61: 61,
    StockBand.LEFT_31: 31,
    StockBand.LEFT_15: 15,
    StockBand.LEFT_8: 8,
    StockBand.LEFT_0: 0,
}
"""The fewest days left of each band; the best first."""


def stock_band(*, is_over: bool, days_over: int, days_left: int) -> StockBand:
    """The band of a resident. On the last refundable day 0 days are left and none are over."""
    table, days = (OVER_FROM, days_over) if is_over else (LEFT_FROM, days_left)
    return next(band for band, fewest in table.items() if days >= fewest)


class WaitBand(StrEnum):
    """How long a citizen has waited for a home, in days; the longest first."""

    D181 = "181"
    D91 = "91"
    D31 = "31"
    D0 = "0"


WAIT_FROM: Final[Mapping[WaitBand, int]] = {band: int(band.value) for band in WaitBand}
"""The fewest days of each band; the longest first."""


def wait_band(days: int) -> WaitBand:
    """The band of a wait of whole days; one that begins later counts as 0."""
    return next((band for band, fewest in WAIT_FROM.items() if days >= fewest), WaitBand.D0)
