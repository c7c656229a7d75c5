"""How days, times and amounts are written, in both languages. Today is 17 November 2026."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from housingfirst.ui import words

TODAY = date(2026, 11, 17)
NOON = datetime(2026, 11, 19, 11, 0, tzinfo=UTC)  # 12 in Copenhagen

TABLE = [
    (lambda: words.day(date(2026, 11, 19), today=TODAY), "tors. 19. nov.", "Thu 19 Nov"),
    (lambda: words.day(date(2027, 6, 3), today=TODAY), "tors. 3. juni 2027", "Thu 3 Jun 2027"),
    (
        lambda: words.day(date(2026, 9, 14), today=TODAY, weekday=False),
        "14. sep.",
        "14 Sep",
    ),
    (
        lambda: words.day_long(date(2026, 11, 17), today=TODAY),
        "tirsdag 17. november",
        "Tuesday 17 November",
    ),
    (lambda: words.day_heading(TODAY, today=TODAY), "I dag", "Today"),
    (lambda: words.day_heading(date(2026, 11, 16), today=TODAY), "I går", "Yesterday"),
    (lambda: words.day_heading(date(2026, 11, 12), today=TODAY), "12. november", "12 November"),
    (lambda: words.day_as_typed(date(2026, 11, 5)), "05-11-2026", "05-11-2026"),
    (lambda: words.relative(TODAY, today=TODAY), "I dag", "Today"),
    (lambda: words.relative(date(2026, 11, 18), today=TODAY), "I morgen", "Tomorrow"),
    (lambda: words.relative(date(2026, 11, 19), today=TODAY), "Om 2 dage", "In 2 days"),
    (lambda: words.relative(date(2026, 11, 16), today=TODAY), "1 dag over", "1 day over"),
    (lambda: words.relative(date(2026, 10, 7), today=TODAY), "41 dage over", "41 days over"),
    (lambda: words.since(TODAY, today=TODAY), "i dag", "today"),
    (lambda: words.since(date(2026, 11, 16), today=TODAY), "i går", "yesterday"),
    (lambda: words.since(date(2026, 10, 14), today=TODAY), "34 dage siden", "34 days ago"),
    (lambda: words.clock(time(12, 30)), "kl. 12.30", "12:30"),
    (lambda: words.clock(time(9)), "kl. 9", "9:00"),
    (lambda: words.clock(NOON), "kl. 12", "12:00"),
    (lambda: words.moment(NOON, today=TODAY), "tors. 19. nov. kl. 12", "Thu 19 Nov 12:00"),
    (lambda: words.moment(NOON, today=NOON.date()), "kl. 12", "12:00"),
    (lambda: words.moment_as_typed(NOON), "19-11-2026 kl. 12.00", "19-11-2026 kl. 12.00"),
    (lambda: words.money(Decimal("4870.00")), "4.870 kr.", "DKK 4,870"),
    (lambda: words.money(Decimal("11870.50")), "11.870,50 kr.", "DKK 11,870.50"),
    (lambda: words.money(Decimal("-250")), "\u2212250 kr.", "DKK \u2212250"),
    (lambda: words.money(0), "0 kr.", "DKK 0"),
    (lambda: words.money_about(Decimal("5519.50")), "ca. 5.520 kr.", "about DKK 5,520"),
    (lambda: words.money_about(Decimal("4830.00")), "4.830 kr.", "DKK 4,830"),
    (lambda: words.money(Decimal("0.005")), "0,01 kr.", "DKK 0.01"),
    (lambda: words.number(562989), "562.989", "562,989"),
    (lambda: words.number(Decimal("11.5"), decimals=1), "11,5", "11.5"),
    (lambda: words.number(999_999_999_999), "999.999.999.999", "999,999,999,999"),
    (lambda: words.days(1), "1 dag", "1 day"),
    (lambda: words.days(77), "77 dage", "77 days"),
    (lambda: words.weeks(6, 11), "6-11 uger", "6-11 weeks"),
    (lambda: words.weeks(1), "1 uge", "1 week"),
    (lambda: words.weeks(2, 2), "2 uger", "2 weeks"),
    (lambda: words.hours(timedelta(minutes=45)), "45 minutter", "45 minutes"),
    (lambda: words.hours(timedelta(hours=-3)), "3 timer", "3 hours"),
    (lambda: words.hours(timedelta(hours=24)), "24 timer", "24 hours"),
    (lambda: words.hours(timedelta(days=2)), "2 dage", "2 days"),
    (lambda: words.years(36), "36 år", "36 years"),
    (
        lambda: words.day_span(date(2026, 8, 8), date(2026, 9, 13), today=TODAY),
        "8. aug. – 13. sep.",
        "8 Aug – 13 Sep",
    ),
    (
        lambda: words.day_span(date(2026, 9, 14), None, today=TODAY),
        "siden 14. sep.",
        "since 14 Sep",
    ),
    (lambda: words.day_span(TODAY, TODAY, today=TODAY), "17. nov.", "17 Nov"),
]


@pytest.mark.parametrize(("write", "danish", "english"), TABLE, ids=[row[1] for row in TABLE])
def test_words(write: Callable[[], str], danish: str, english: str) -> None:
    with translation.override("da"):
        assert write().replace(words.NBSP, " ") == danish
    with translation.override("en"):
        assert write().replace(words.NBSP, " ") == english


def test_what_belongs_together_does_not_break() -> None:
    assert " " not in words.day(TODAY, today=TODAY)
    assert " " not in words.money(4870)
    assert " " not in words.clock(time(12))


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(1990, 11, 17), 36), (date(1990, 11, 18), 35), (date(2024, 2, 29), 2)],
)
def test_age_is_in_whole_years(born: date, age: int) -> None:
    assert words.age(born, today=TODAY) == age


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Indskudslån", "indskudslån"),
        ("CTI", "CTI"),
        ("M-ACT", "M-ACT"),
        ("§ 85", "§ 85"),
        ("Ændret af CTI-teamet", "ændret af CTI-teamet"),
        ("", ""),
    ],
)
def test_a_label_within_a_sentence_begins_small(label: str, within: str) -> None:
    assert words.inside(label) == within


def test_a_sentence_begins_large() -> None:
    assert words.sentence("ændret i dag") == "Ændret i dag"
    assert words.sentence("") == ""


def test_an_abbreviation_ends_a_sentence_with_one_full_stop() -> None:
    assert (
        words.sentence("Nye dage 3. dec.. Søgt om 900 kr..") == "Nye dage 3. dec. Søgt om 900 kr."
    )
