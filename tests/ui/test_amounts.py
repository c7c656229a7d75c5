"""What a typed amount means."""

from decimal import Decimal

import pytest

from housingfirst.ui.forms.amounts import parse_amount


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("8900", "8900"),
        ("8.900", "8900"),
        ("8.900,50", "8900.50"),
        ("8900,5", "8900.5"),
        ("8900.50", "8900.50"),
        ("8,900.50", "8900.50"),
        ("8 900", "8900"),
        ("8\u00a0900 kr.", "8900"),
        ("kr. 8.900", "8900"),
        ("8.900,- kr.", "8900"),
        ("8.900,-", "8900"),
        ("DKK 8.900", "8900"),
        ("1.234.567,89 kr.", "1234567.89"),
        ("0", "0"),
        ("-250", "-250"),
        ("\u2212250", "-250"),
        ("0,75", "0.75"),
    ],
)
def test_an_amount_can_be_written_many_ways(typed: str, means: str) -> None:
    assert parse_amount(typed) == Decimal(means)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kr.",
        "otte",
        "8.90.0",
        "8,900",
        "1.23.4",
        "8900,555",
        "NaN",
        "Infinity",
        "1e9",
        "--5",
        "٣٤",
        "8..900",
        "😀",
        "8.900,50,1",
        "½",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert parse_amount(typed) is None


def test_a_comma_before_three_digits_groups_thousands_only_in_english() -> None:
    assert parse_amount("8,900", english=True) == Decimal(8900)
    assert parse_amount("8,90", english=True) == Decimal("8.90")
