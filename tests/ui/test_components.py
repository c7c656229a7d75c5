"""Components as templates: what is drawn from plain values."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.forms import BooleanField, ChoiceField, MultipleChoiceField
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from housingfirst.ui import forms
from housingfirst.ui.gallery import gallery_context
from housingfirst.ui.menu import menu, tools
from housingfirst.ui.parts import SEVERITY_ICONS, STEP_ICONS, Event, Filter, Step, Tab, Who

SPRITE = Path("static/vendor/dkfds/img/all-svg-icons.svg")
HOSTILE = "<script>alert(1)</script>"


def render(source: str, **context: Any) -> str:
    loaded = "{% load hf hf_forms i18n %}" + source
    text: str = engines["django"].from_string(loaded).render(context)
    return text


class Outline(HTMLParser):
    """Ids and the attributes that point at them, inline code, and unclosed elements."""

    VOID = frozenset({"input", "br", "img", "meta", "link", "hr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.inline: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"for", "aria-describedby", "aria-labelledby"}:
                self.pointers += (value or "").split()
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open
            assert self.open.pop() == tag


@pytest.fixture(scope="module")
def gallery() -> str:
    request = RequestFactory().get("/ui/gallery/?f=lov&after=9")
    return render_to_string("ui/gallery.html", gallery_context(with_errors=True), request)


def test_the_gallery_is_whole(gallery: str) -> None:
    outline = Outline(gallery.replace("<!doctype html>", ""))
    assert outline.open == []
    assert outline.inline == []
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.pointers) <= set(outline.ids)


def test_every_named_icon_is_in_the_sprite() -> None:
    symbols = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))
    named = {icon for icon in SEVERITY_ICONS.values() if icon}
    named |= {icon for icon, _css in STEP_ICONS.values()}
    named |= {item.icon for registry in (menu, tools) for item in registry.items.values()}
    for path in Path("templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8")))
    assert named <= symbols


@pytest.mark.parametrize("severity", SEVERITY_ICONS)
def test_a_badge_is_a_class_a_word_and_its_icon(severity: str) -> None:
    drawn = render("{% badge severity text %}", severity=severity, text=HOSTILE)
    assert f"badge b-{severity}" in drawn
    assert "&lt;script&gt;" in drawn
    assert ("<svg" in drawn) == bool(SEVERITY_ICONS[severity])


def test_the_citizen_header_shows_only_what_it_was_given() -> None:
    drawn = render("{% citizen_header who %}", who=Who(name=HOSTILE, cpr_masked="••••••-••••"))
    assert "&lt;script&gt;" in drawn
    assert "alder ukendt" in drawn
    assert "<form" not in drawn
    assert "badge" not in drawn


def test_the_citizen_header_reveals_by_post() -> None:
    who = Who("Sanne", cpr_masked="••••••-••••", cpr_reveal_url="/reveal/", language="Grønlandsk")
    drawn = render("{% citizen_header who %}", who=who, csrf_token="token")
    assert 'method="post" action="/reveal/"' in drawn
    assert 'value="token"' in drawn
    assert "CPR-nummer (logges)" in drawn


def test_tabs_and_filters_are_links_that_know_where_they_are() -> None:
    drawn = render("{% tabs tabs %}", tabs=[Tab("Journal", "/j/"), Tab("Bolig", "/b/", True)])
    assert drawn.count('aria-current="page"') == 1
    assert 'href="/b/"' in drawn
    filtered = render('{% filters f target="#list" %}', f=[Filter("Alle", "?", True, 1_234)])
    assert 'aria-current="true"' in filtered
    assert "Alle 1.234" in filtered
    assert 'hx-target="#list"' in filtered


def test_a_query_keeps_the_state_and_starts_paging_over() -> None:
    request = RequestFactory().get("/?f=lov&after=9&x=1&x=2&q=æ%26b")
    template = engines["django"].from_string('{% load hf %}{% query f="idag" x="" %}')
    assert template.render({}, request) == "?f=idag&amp;q=%C3%A6%26b"


def test_a_timeline_has_day_headings() -> None:
    events = [
        Event(date(2026, 11, 17), "Åbnede indskudslån", "11.05", matters=True),
        Event(date(2026, 11, 17), HOSTILE),
        Event(date(2026, 11, 16), "Ringede", url="/x/", sub="for sent", sub_tone="over"),
    ]
    drawn = render("{% timeline events today=today %}", events=events, today=date(2026, 11, 17))
    assert re.findall(r'<li class="day">([^<]+)', drawn) == ["I dag", "I går"]
    assert "&lt;script&gt;" in drawn
    assert drawn.count('class="k"') == 1


def test_steps_say_lateness_by_colour_and_weight() -> None:
    drawn = render("{% steps steps %}", steps=[Step("Handleplan", "late", "20. okt.", "6 dage")])
    assert "is-late" in drawn
    assert "<b>Handleplan</b>" in drawn


def test_block_tags_escape_values_and_keep_markup() -> None:
    drawn = render('{% alert "now" %}<b>Vigtigt.</b> {{ text }}{% endalert %}', text=HOSTILE)
    assert "<b>Vigtigt.</b> &lt;script&gt;" in drawn
    quote = render("{% quote on=on writer='Gitte' %}{{ t }}{% endquote %}", t=HOSTILE, on=date.max)
    assert "»&lt;script&gt;" in quote
    assert "skrevet af Gitte" in quote
    empty = render('{% empty title link="/" link_text="Vis" %}…{% endempty %}', title=HOSTILE)
    assert "<h2>&lt;script&gt;" in empty


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ nothing|day }}{{ nothing|clock }}{{ nothing|relative }}", "–––"),
        ("{{ nothing|money }}", "ukendt"),
        ("{{ nothing|age }}", "ukendt"),
        ("{{ zero|money }}", "0\u00a0kr."),
        ("{{ zero|number }}", "0"),
        ("{{ words|nbsp }}", "§\u00a085\u00a0a"),
    ],
)
def test_nothing_and_zero_are_different(source: str, text: str) -> None:
    assert render(source, nothing=None, zero=0, words="§ 85 a") == text


class PlanForm(forms.Form):
    sources = {"income_dkk": "fra Ydelsescenter"}

    goal = forms.TextField(label="Mål", help_text="Borgerens egne ord")
    income_dkk = forms.MoneyField(label="Indtægt", required=False)
    due_on = forms.DayField(label="Frist")
    kind = ChoiceField(label="Slags", choices=[("a", "A"), ("b", "B")], widget=forms.Seg)
    areas = MultipleChoiceField(label="Områder", choices=[("h", "Havnen")], widget=forms.Tags)
    pets = BooleanField(label="Husdyr", required=False)


FIELDS = "".join(f"{{% field form.{name} %}}" for name in ("goal", "income_dkk", "due_on"))
GROUPS = "{% field form.kind %}{% field form.areas %}{% field form.pets %}"


def test_a_field_has_label_source_hint_and_its_mark() -> None:
    drawn = render(FIELDS, form=PlanForm())
    assert '<label class="form-label" for="id_goal">Mål</label>' in drawn
    assert 'aria-describedby="id_goal_hint"' in drawn
    assert '<span class="from">fra Ydelsescenter, valgfrit</span>' in drawn
    assert drawn.count("valgfrit") == 1
    assert "maxlength" not in drawn
    assert " required" not in drawn
    assert 'aria-required="true"' in drawn
    outline = Outline(drawn)
    assert set(outline.pointers) <= set(outline.ids)


def test_a_wrong_field_says_so_to_everyone() -> None:
    drawn = render(FIELDS + GROUPS, form=PlanForm({"goal": HOSTILE, "due_on": "31-02-2026"}))
    assert 'id="id_due_on_error"' in drawn
    assert 'aria-describedby="id_due_on_error"' in drawn
    assert drawn.count('aria-invalid="true"') >= 1
    assert 'value="31-02-2026"' in drawn
    assert "&lt;script&gt;" in drawn
    assert drawn.count("<fieldset") == 2
    assert '<input type="radio" name="kind" id="id_kind_0" value="a">' in drawn
    assert Outline(drawn).open == []


def test_the_summary_links_to_the_fields() -> None:
    form = PlanForm({"goal": "x", "due_on": "31-02-2026"})
    form.add_error(None, "Boligen er optaget.")
    drawn = render('{% form_errors form before="planen kan gemmes" %}', form=form)
    assert "Boligen er optaget." in drawn
    assert "3 ting skal rettes, før planen kan gemmes:" in drawn
    assert 'href="#id_due_on"' in drawn
    assert 'href="#id_kind_0"' in drawn
    assert 'role="alert"' in drawn
    missing = render("{% form_errors form %}", form=PlanForm({"goal": "x", "due_on": "i dag"}))
    assert "2 ting mangler:" in missing


def test_the_summary_follows_the_page_and_takes_a_second_form_along() -> None:
    form = PlanForm({"goal": "x", "due_on": "31-02-2026"})
    form.add_error("goal", "Målet er for kort.")  # found last, and on top of the page
    drawn = render("{% form_errors form also=other %}", form=form, other=PlanForm({}, prefix="b"))
    assert drawn.index("#id_goal") < drawn.index("#id_due_on") < drawn.index("#id_b-goal")
    assert drawn.count('role="alert"') == 1


def test_there_is_no_summary_without_errors() -> None:
    assert render("{% form_errors form %}", form=PlanForm()).strip() == ""


def test_a_form_that_may_be_incomplete_marks_nothing() -> None:
    class Draft(PlanForm):
        may_be_incomplete = True

    assert "valgfrit" not in render(FIELDS, form=Draft())


def test_what_was_understood_is_said_back() -> None:
    drawn = render("{% field form.due_on %}", form=PlanForm({"due_on": "24-12-2026"}))
    assert re.search(r'<span class="echo"[^>]*>torsdag\u00a024\.\u00a0december', drawn)


def test_a_whole_form_draws_itself() -> None:
    drawn = str(PlanForm({"goal": "x"}))
    assert "form-label" in drawn
    assert Outline(drawn).open == []
