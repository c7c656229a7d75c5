"""Figures: geometry inside its frame, and words for those who cannot see it."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.ui.figures import (
    Bar,
    Clock,
    Meter,
    PathStep,
    StripRow,
    StripSpan,
    bar_drawing,
    clock_drawing,
    num,
    path_dots,
    strip_drawing,
)

CLOCKS = [(12, 65), (0, 0), (0, 2), (0, 88), (0, 90), (40, 74), (0, 91), (90, 0), (0, 400), (95, 5)]


def clock(previous: int, current: int) -> Clock:
    return Clock(
        previous_days=previous,
        current_days=current,
        finding="Refusionsur",
        previous_label="12 i juni",
        current_label="65 dage siden 14. sep.",
        today_label="I dag, dag 77",
        limit_label="Grænse 90 · 30. nov.",
        after_label="ingen refusion",
    )


def render(source: str, **context: object) -> str:
    text: str = engines["django"].from_string("{% load hf %}" + source).render(context)
    return text


@pytest.mark.parametrize(
    ("used", "limit", "tone", "width", "text"),
    [
        (0, 90, "use", "0", "0 af 90 dage brugt"),
        (75, 90, "use", "80", "75 af 90 dage brugt"),
        (76, 90, "now", "81.1", "76 af 90 dage brugt"),
        (90, 90, "now", "96", "90 af 90 dage brugt"),
        (91, 90, "over", "96", "91 af 90 dage brugt, 1 over grænsen"),
        (114, 90, "over", "96", "114 af 90 dage brugt, 24 over grænsen"),
        (5, 0, "over", "96", "5 af 0 dage brugt, 5 over grænsen"),
    ],
)
def test_meter(used: int, limit: int, tone: str, width: str, text: str) -> None:
    meter = Meter(used, limit)
    assert (meter.tone, meter.width, meter.text) == (tone, width, text)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_language_changes_a_coordinate(language: str) -> None:
    with translation.override(language):
        assert 'width="82.1"' in render("{% meter 77 90 %}")
        drawn = render("{% clock_figure clock %}", clock=clock(12, 65))
        assert 'x="408.8"' in drawn
        assert not re.search(r'(x|width|d)="[^"]*\d,\d', drawn)


@pytest.mark.parametrize(("previous", "current"), CLOCKS)
@pytest.mark.parametrize("wide", [True, False])
def test_a_clock_stays_inside_its_frame(previous: int, current: int, wide: bool) -> None:
    drawing = clock_drawing(clock(previous, current), wide=wide)
    for rect in [*drawing.rects, drawing.after]:
        assert float(rect.x) >= 0
        assert float(rect.width) >= 0
        assert float(rect.x) + float(rect.width) <= drawing.width + 0.1
    assert 0 <= float(drawing.today_x) <= drawing.width
    for text in drawing.texts:
        assert 0 <= float(text.x) <= drawing.width


@pytest.mark.parametrize(("previous", "current"), CLOCKS)
def test_the_parts_of_a_clock_meet(previous: int, current: int) -> None:
    drawing = clock_drawing(clock(previous, current), wide=True)
    parts = [*drawing.rects, drawing.after]
    for left, right in pairwise(parts):
        assert float(left.x) + float(left.width) == pytest.approx(float(right.x), abs=0.2)


def test_the_prototype_is_drawn_as_it_was() -> None:
    drawing = clock_drawing(clock(12, 65), wide=True)
    assert [(rect.css, rect.x, rect.width) for rect in drawing.rects] == [
        ("f-prev", "2", "63.4"),
        ("f-use", "65.4", "343.4"),
        ("f-left", "408.8", "68.7"),
    ]
    assert (drawing.today_x, drawing.limit_x) == ("408.8", "477.5")
    assert "13 tilbage" in [text.text for text in drawing.texts]


def test_over_the_limit_is_said_and_striped() -> None:
    figure = clock(40, 74)
    assert (figure.left, figure.over) == (0, 24)
    drawn = render("{% clock_figure clock %}", clock=figure)
    assert "24 over grænsen" in drawn
    assert "url(#hatch-over)" in drawn


def test_a_figure_says_its_finding() -> None:
    drawn = render("{% clock_figure clock %}", clock=clock(12, 65))
    assert drawn.count("<title>Refusionsur</title>") == 2
    assert drawn.count('role="img"') == 2


def test_bars_start_at_zero_and_keep_their_frame() -> None:
    bars = [Bar("0-14", 7, "now"), Bar("15-90", 35), Bar("over", 0, "over")]
    for wide in (True, False):
        drawing = bar_drawing(bars, wide=wide, limit_after=1)
        widths = [float(drawn.width) for drawn in drawing.bars]
        assert widths[2] == 0
        assert widths[0] == pytest.approx(widths[1] / 5, abs=0.1)
        assert drawing.start + max(widths) < drawing.width
        assert drawing.limit_y == 27


def test_no_bars_and_all_zero_do_not_divide() -> None:
    assert bar_drawing([], wide=True).bars == []
    assert bar_drawing([Bar("a", 0)], wide=True).bars[0].width == "0"


def test_a_bar_chart_has_its_numbers_in_a_table() -> None:
    bars = [Bar("Over grænsen", 9, "over", "?d=over", ("99.351",))]
    drawn = render(
        '{% bar_chart bars "9 er over" label="Dage" unit="Borgere" columns=columns %}',
        bars=bars,
        columns=["Kr. pr. uge"],
    )
    assert '<a href="?d=over">Over grænsen</a>' in drawn
    assert '<td class="num">99.351</td>' in drawn
    assert "<title>9 er over</title>" in drawn


def test_path_dots_say_where_it_is() -> None:
    steps = [PathStep("Udredning", "done"), PathStep("Tilbud", "now"), PathStep("Nøgler", "open")]
    _width, dots, text = path_dots(steps)
    assert [dot.x for dot in dots] == [8, 25, 42]
    assert text == "1 af 3 skridt taget, nu: Tilbud"
    assert path_dots([PathStep("Alt", "done")])[2] == "1 af 1 skridt taget"


@pytest.mark.parametrize(("value", "text"), [(96.0, "96"), (82.13, "82.1"), (0.04, "0")])
def test_coordinates_are_short(value: float, text: str) -> None:
    assert num(value) == text


STRIP_SPANS = st.builds(
    StripSpan,
    starts_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    ends_on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1))),
    fill=st.sampled_from(["band", "left", "use", "over", "plan"]),
    text=st.sampled_from(["", "kort", "en længere tekst, der ikke altid er plads til"]),
    is_above=st.booleans(),
)


@given(
    st.lists(st.builds(StripRow, label=st.just("Ophold"), spans=st.lists(STRIP_SPANS)), max_size=4),
    st.dates(date(2021, 1, 1), date(2026, 11, 17)),
    st.integers(0, 3000),
    st.integers(0, 3000),
)
def test_a_strip_stays_inside_its_frame(
    rows: list[StripRow], first: date, before: int, after: int
) -> None:
    today = first + timedelta(days=before)
    last = today + timedelta(days=after)
    drawing = strip_drawing(rows, first=first, last=last, today=today, today_text="I dag")
    assert 0 <= float(drawing.today_x) <= drawing.width
    assert len(drawing.ticks) <= 12
    for row in drawing.rows:
        assert row.top + row.height <= drawing.height
        for rect in row.rects:
            assert 0 <= float(rect.x) <= float(rect.x) + float(rect.width) <= drawing.width + 1.1
        for text in row.texts:
            assert float(text.x) >= 0


def test_a_strip_needs_today_within() -> None:
    with pytest.raises(ValueError, match="is not within"):
        strip_drawing([], first=date(2026, 1, 1), last=date(2026, 2, 1), today=date(2026, 3, 1))


def test_words_of_a_strip_have_room_or_are_left_out() -> None:
    spans = [
        StripSpan(date(2026, 1, 1), date(2026, 1, 3), "use", "3 dage", is_above=True),
        StripSpan(date(2026, 1, 5), date(2026, 3, 1), "use", "55 dage", is_above=True),
        StripSpan(date(2026, 3, 1), date(2026, 3, 2), "band", "en længere tekst"),
    ]
    drawing = strip_drawing(
        [StripRow("Ophold", spans)],
        first=date(2025, 1, 1),
        last=date(2027, 1, 1),
        today=date(2026, 11, 17),
    )
    assert [text.text for text in drawing.rows[0].texts] == ["55 dage"]
