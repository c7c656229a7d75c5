"""Fields: what they read, and the sentence they answer with. Today is 17 November 2026."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from housingfirst.ui import forms

NASTY = ["\x00", "a\x00b", "😀" * 50, "x" * 10_000, "\ud800", "'; DROP TABLE", "<script>", "\u202e"]


def today() -> date:
    return date(2026, 11, 17)


def now() -> datetime:
    return timezone.localtime(datetime(2026, 11, 17, 11, 30, tzinfo=UTC))


DAY = forms.DayField(label="Indskrevet", today=today)
MOMENT = forms.MomentField(label="Tidspunkt", now=now)
MONEY = forms.MoneyField(label="Beløb")
NUMBER = forms.WholeNumberField(label="Rum", min_value=1, max_value=9)
LINE = forms.LineField(label="Navn")
TEXT = forms.TextField(label="Grund", max_length=2_000)


def message(field: Any, typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


def cleaned(field: Any, typed: str) -> Any:
    """What the field makes of it: a value, or a refusal's sentences. Anything else is an error."""
    try:
        return field.clean(typed)
    except ValidationError as refused:
        return refused.messages


@pytest.mark.parametrize("field", [DAY, MOMENT, MONEY, NUMBER, LINE, TEXT, forms.EmailField()])
@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_nothing_typed_is_a_server_error(field: Any, typed: str) -> None:
    value = cleaned(field, typed)
    assert "\x00" not in str(value)
    assert str(value).encode()


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(typed: str) -> None:
    for field in (DAY, MOMENT, MONEY, NUMBER):
        assert str(cleaned(field, typed))


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (DAY, " 17/11 ", date(2026, 11, 17)),
        (DAY, "i morgen", date(2026, 11, 18)),
        (MOMENT, "17-11-2026 kl. 11.12", datetime(2026, 11, 17, 10, 12, tzinfo=UTC)),
        (MOMENT, "17-7-2026 kl. 11.12", datetime(2026, 7, 17, 9, 12, tzinfo=UTC)),
        (MOMENT, "nu", datetime(2026, 11, 17, 11, 30, tzinfo=UTC)),
        (MONEY, "8.900,50", Decimal("8900.50")),
        (MONEY, "0", Decimal(0)),
        (NUMBER, "3", 3),
        (LINE, "  Åse \t Ø.\n Æbelø ", "Åse Ø. Æbelø"),
        (TEXT, "to\r\nlinjer😀", "to\nlinjer😀"),
    ],
)
def test_what_is_typed_is_read(field: Any, typed: str, value: Any) -> None:
    assert field.clean(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (DAY, "31-02-2026", "Datoen kan ikke læses. Skriv den som 17-11-2026"),
        (MOMENT, "17-11-2026", "Dag og tid kan ikke læses."),
        (MOMENT, "29-03-2026 kl. 2.30", "Urene springer den time over den dag."),
        (MONEY, "otte", "Skriv et beløb i kroner, fx 8.900."),
        (MONEY, "-1", "Beløbet skal mindst være 0\u00a0kr."),
        (MONEY, "99999999999", "Beløbet må højst være 9.999.999.999,99\u00a0kr."),
        (NUMBER, "ti", "Skriv et helt tal fra 1 til 9."),
        (NUMBER, "10", "Skriv et helt tal fra 1 til 9."),
        (NUMBER, "9" * 5_000, "Skriv et helt tal fra 1 til 9."),
        (TEXT, "x" * 10_000, "Teksten er på 10.000 tegn; der er plads til 2.000. Gør den kortere."),
        (forms.EmailField(), "navn@", "Skriv en e-mailadresse, fx navn@eksempel.dk."),
    ],
)
def test_the_answer_says_what_to_write(field: Any, typed: str, sentence: str) -> None:
    assert message(field, typed).startswith(sentence)


def test_limits_of_a_day_are_named() -> None:
    field = forms.DayField(earliest=date(2026, 9, 14), latest=today, today=today)
    assert message(field, "12-09-2026") == "Datoen er for tidlig. Skriv 14-09-2026 eller senere."
    assert message(field, "i morgen") == "Datoen er for sen. Skriv 17-11-2026 eller tidligere."
    assert field.clean("14-09-2026") == date(2026, 9, 14)
    assert field.clean("17-11-2026") == today()


def test_the_repeated_hour_is_the_first() -> None:
    moment = MOMENT.clean("25-10-2026 kl. 2.30")
    assert moment.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


class StayForm(forms.Form):
    left_on = forms.DayField(label="Udskrevet", today=today)
    paid_dkk = forms.MoneyField(label="Betalt", required=False)
    came_from = ChoiceField(label="Kommer fra", choices=[("s", "Selv mødt")], widget=forms.Seg)


def test_a_missing_field_is_named() -> None:
    errors = StayForm({}).errors
    assert errors["left_on"] == ["Udskrevet mangler."]
    assert errors["came_from"] == ["Kommer fra: vælg en mulighed."]
    assert "paid_dkk" not in errors


def test_an_unknown_choice_is_answered() -> None:
    errors = StayForm({"left_on": "i dag", "came_from": "x"}).errors
    assert errors["came_from"] == ["Vælg en af mulighederne på listen."]


def test_initial_values_are_shown_as_they_are_typed() -> None:
    form = StayForm(initial={"left_on": date(2026, 11, 5), "paid_dkk": Decimal("107.5")})
    assert form["left_on"].value() == "05-11-2026"
    assert form["paid_dkk"].value() == "107,50\u00a0kr."
    with translation.override("en"):
        assert form["paid_dkk"].value() == "DKK\u00a0107.50"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("amount", ["0", "1", "999", "8900", "8900.5", "1234567.89"])
def test_a_shown_amount_is_read_again(language: str, amount: str) -> None:
    with translation.override(language):
        assert MONEY.clean(MONEY.prepare_value(Decimal(amount))) == Decimal(amount)


def test_change_is_judged_by_meaning() -> None:
    initial = {"left_on": date(2026, 11, 17), "paid_dkk": Decimal("8900.00"), "came_from": "s"}
    same = StayForm({"left_on": "17/11", "paid_dkk": "8.900", "came_from": "s"}, initial=initial)
    other = StayForm({"left_on": "18/11", "paid_dkk": "8.9x", "came_from": "s"}, initial=initial)
    assert same.changed_data == []
    assert other.changed_data == ["left_on", "paid_dkk"]
