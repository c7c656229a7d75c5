"""The bands at each boundary."""

import pytest

from crosssector.insight.rules import StockBand, WaitBand, stock_band, wait_band


@pytest.mark.parametrize(
    ("days_left", "band"),
    [
        pytest.param(0, StockBand.LEFT_0, id="last-refundable-day"),
        pytest.param(7, StockBand.LEFT_0, id="7"),
        pytest.param(8, StockBand.LEFT_8, id="8"),
        pytest.param(14, StockBand.LEFT_8, id="14"),
        pytest.param(15, StockBand.LEFT_15, id="15"),
        pytest.param(30, StockBand.LEFT_15, id="30"),
        pytest.param(31, StockBand.LEFT_31, id="31"),
        pytest.param(60, StockBand.LEFT_31, id="60"),
        pytest.param(61, StockBand.LEFT_61, id="61"),
        pytest.param(200, StockBand.LEFT_61, id="new-year-begins-before-the-limit"),
    ],
)
def test_days_left(days_left: int, band: StockBand) -> None:
    assert stock_band(is_over=False, days_over=0, days_left=days_left) is band


@pytest.mark.parametrize(
    ("days_over", "band"),
    [
        pytest.param(1, StockBand.OVER_1, id="first-day-over"),
        pytest.param(30, StockBand.OVER_1, id="30"),
        pytest.param(31, StockBand.OVER_31, id="31"),
        pytest.param(60, StockBand.OVER_31, id="60"),
        pytest.param(61, StockBand.OVER_61, id="61"),
        pytest.param(500, StockBand.OVER_61, id="500"),
    ],
)
def test_days_over(days_over: int, band: StockBand) -> None:
    assert stock_band(is_over=True, days_over=days_over, days_left=0) is band


@pytest.mark.parametrize(
    ("days", "band"),
    [
        pytest.param(-3, WaitBand.D0, id="begins-later"),
        pytest.param(0, WaitBand.D0, id="today"),
        pytest.param(30, WaitBand.D0, id="30"),
        pytest.param(31, WaitBand.D31, id="31"),
        pytest.param(90, WaitBand.D31, id="90"),
        pytest.param(91, WaitBand.D91, id="91"),
        pytest.param(180, WaitBand.D91, id="180"),
        pytest.param(181, WaitBand.D181, id="181"),
    ],
)
def test_waits(days: int, band: WaitBand) -> None:
    assert wait_band(days) is band
