"""Two people edit the same thing: nothing is lost, and the second one chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.forms import BooleanField, ChoiceField, MultipleChoiceField
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from housingfirst.base.errors import StaleVersion
from housingfirst.ui import conflict, forms


class PlanForm(forms.Form):
    goal = forms.TextField(label="Mål")
    follow_up_on = forms.DayField(label="Opfølgning", required=False)
    budget_dkk = forms.MoneyField(label="Budget", required=False)
    kind = ChoiceField(label="Slags", choices=[("a", "Alene"), ("b", "Begge")])
    areas = MultipleChoiceField(
        label="Områder", choices=[("h", "Havnen"), ("s", "Søkanten")], required=False
    )
    pets = BooleanField(label="Husdyr", required=False)


VALUES = {
    "goal": "Budget lægges i november",
    "follow_up_on": date(2026, 11, 30),
    "budget_dkk": Decimal("8900.00"),
    "kind": "a",
    "areas": ["h"],
    "pets": True,
}


@dataclass
class Row:
    """A saved row without history, as `StaleVersion` carries it."""

    version: int = 5
    values: Mapping[str, Any] = field(default_factory=lambda: VALUES)


def values_of(row: Row) -> Mapping[str, Any]:
    return row.values


def post(**changes: Any) -> QueryDict:
    typed = {
        "goal": "Budget lægges i november",
        "follow_up_on": "30/11/2026",
        "budget_dkk": "8.900 kr.",
        "kind": "a",
        "areas": ["h"],
        "pets": "on",
        **changes,
    }
    data = QueryDict(mutable=True)
    for name, value in typed.items():
        if value is not None:
            data.setlist(name, value if isinstance(value, list) else [value])
    return data


def show(data: QueryDict, theirs: Mapping[str, Any] = VALUES) -> HttpResponse:
    form = PlanForm(data)
    form.is_valid()
    return conflict.page(
        RequestFactory().post("/plan/"),
        form=form,
        stale=StaleVersion(Row(values=theirs)),
        seen=4,
        values_of=values_of,
        title="Handleplan",
        keep_url="/plan/",
        citizen=None,
    )


def test_only_what_differs_is_shown_and_the_answer_is_409() -> None:
    response = show(post(goal="Budget lægges efter kontrakten", pets=None))
    page = response.content.decode()
    assert response.status_code == 409
    assert "2 felter er forskellige" in page
    assert "4 felter er ens og vises ikke" in page
    assert '<th scope="row" id="field-goal">Mål</th>' in page
    assert 'id="field-budget_dkk"' not in page
    assert "Budget lægges <mark>i november</mark>" in page
    assert "Budget lægges <mark>efter kontrakten</mark>" in page
    assert '<input type="hidden" name="version" value="5">' in page


def test_what_i_wrote_is_still_in_the_page() -> None:
    page = show(
        post(goal="<b>mit</b>", follow_up_on="4/12/2026", areas=["h", "s"])
    ).content.decode()
    assert '<input type="hidden" name="goal" value="&lt;b&gt;mit&lt;/b&gt;">' in page
    assert '<input type="hidden" name="follow_up_on" value="04-12-2026">' in page
    assert page.count('<input type="hidden" name="areas"') == 2
    assert "<b>mit</b>" not in page


@pytest.mark.parametrize(
    ("name", "typed", "theirs"),
    [
        ("goal", "mit", "deres"),
        ("follow_up_on", "4/12/2026", date(2026, 12, 1)),
        ("follow_up_on", "4/12/2026", None),
        ("budget_dkk", "9.000", Decimal("8000.50")),
        ("kind", "b", "a"),
        ("areas", ["s"], ["h"]),
        ("areas", ["s"], []),
        ("pets", "on", False),
    ],
)
def test_theirs_can_be_taken_field_by_field(name: str, typed: Any, theirs: Any) -> None:
    saved = {**VALUES, name: theirs}
    mine = PlanForm(conflict.settled(PlanForm, post(**{name: typed}), saved))
    taken = PlanForm(
        conflict.settled(PlanForm, post(**{name: typed, f"choice-{name}": "theirs"}), saved)
    )
    assert mine.is_valid()
    assert mine.cleaned_data[name] != saved[name]
    assert taken.is_valid(), taken.errors
    assert taken.cleaned_data[name] == theirs


def test_unknown_choices_change_nothing() -> None:
    data = post(**{"choice-goal": "x", "choice-nothing": "theirs"})
    assert PlanForm(conflict.settled(PlanForm, data, VALUES)).is_valid()


def test_a_field_only_they_touched_takes_theirs_by_itself() -> None:
    form = PlanForm(post(goal="mit"))
    form.is_valid()
    theirs = {**VALUES, "kind": "b"}
    before = {**VALUES, "areas": ["h"]}
    chosen = {
        difference.name: difference.is_mine_chosen
        for difference in conflict._differences(form, theirs, before)
    }
    assert chosen == {"goal": True, "kind": False}


@pytest.mark.parametrize(
    ("typed", "version"),
    [("5", 5), ("", 0), ("x", 0), ("-1", 0), ("9" * 40, 0), ("٣", 0), ("1.5", 0), ("\x00", 0)],
)
def test_a_version_that_was_tampered_with_is_stale(typed: str, version: int) -> None:
    assert conflict.posted_version({"version": typed}) == version
    assert conflict.posted_version({}) == 0


@pytest.mark.parametrize(
    ("text", "other", "shown"),
    [
        ("a b", "a b", "a b"),
        ("a c", "a b", "a <mark>c</mark>"),
        ("<i>", "", "<mark>&lt;i&gt;</mark>"),
        ("", "a", ""),
        ("x " * 2_000, "x " * 2_000, "x " * 2_000),
    ],
)
def test_what_the_other_does_not_say_is_marked(text: str, other: str, shown: str) -> None:
    assert conflict.marked(text, other) == shown
