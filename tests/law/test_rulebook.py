"""The rules in words: all that must be said is said, and a value reads as people write it."""

import importlib
import pkgutil
from decimal import Decimal
from pathlib import Path

import pytest

import housingfirst.law
from housingfirst.law.choices import SETTINGS
from housingfirst.law.rulebook import number, rule_of, rulebook, setting_text
from housingfirst.law.versions import Mark

RULES = {rule.id: rule for subject in rulebook() for rule in subject.rules}


def rule_ids() -> set[str]:
    """Every constant of the law's modules that names a rule."""
    found = set()
    for module in pkgutil.walk_packages(housingfirst.law.__path__, "housingfirst.law."):
        names = vars(importlib.import_module(module.name))
        found |= {value for name, value in names.items() if name.endswith("RULE_ID")}
    return found


def test_every_rule_that_is_counted_with_is_in_the_book() -> None:
    used = rule_ids() | {setting.rule_id for setting in SETTINGS.values()}
    assert {"R-110-REF", "R-142", "R-RENTCUT"} <= used
    assert used - set(RULES) == set()


def test_every_setting_has_its_words() -> None:
    said = {text.setting.key for rule in RULES.values() for text in rule.settings}
    assert said == set(SETTINGS)


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_is_told_in_whole_sentences(rule_id: str) -> None:
    rule = RULES[rule_id]
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")
    for text in (*rule.paragraphs, *rule.unsettled):
        assert text.endswith((".", ":")), text
        assert "  " not in text
        assert "\\" not in text
    for setting in rule.settings:
        assert setting.label.endswith("?"), setting.label
        assert setting.help.endswith((".", ":")), setting.help
    if rule.mark is Mark.UNVERIFIED:
        assert rule.unsettled or rule.settings
    else:
        assert rule.sources


def test_each_rule_stands_once() -> None:
    ids = [rule.id for subject in rulebook() for rule in subject.rules]
    assert len(ids) == len(set(ids))
    orders = [subject.order for subject in rulebook()]
    assert len(orders) == len(set(orders))


def test_a_table_reads_as_people_write() -> None:
    (refund,) = rule_of("R-110-REF").tables
    assert refund.columns == ("Dage i et løbende år", "Staten betaler")
    assert [row.cells for row in refund.rows] == [
        ("ingen grænse", "50\N{NO-BREAK SPACE}%"),
        ("120", "50\N{NO-BREAK SPACE}%"),
        ("90", "50\N{NO-BREAK SPACE}%"),
    ]
    (payment,) = rule_of("R-110-PAY").tables
    cells = {row.key: row.cells for row in payment.rows}
    assert cells["2023"] == ("96,71\N{NO-BREAK SPACE}kr.",)
    assert cells["2024"] == ("ikke fundet",)
    (plan,) = rule_of("R-142").tables
    assert plan.rows[0].cells == ("–",)
    assert plan.rows[1].cells[0].startswith("formålet, den indsats, der er nødvendig, ")


@pytest.mark.parametrize(
    ("value", "text"),
    [("16965", "16.965"), ("87.00", "87"), ("96.71", "96,71"), ("1234567.5", "1.234.567,50")],
)
def test_numbers(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


def test_a_choice_is_said_in_words() -> None:
    assert setting_text("support.new_window").said("never") == "Nej, aldrig"
    assert setting_text("cti.review_days").said("1") == "1\N{NO-BREAK SPACE}dag"
    assert setting_text("cti.review_days").said("14") == "14\N{NO-BREAK SPACE}dage"
    assert setting_text("calendar.christmas_eve_is_working_day").said("no") == (
        "Nej, den er en fridag"
    )
    assert setting_text("rent.taper").said("gone") == "gone"


def test_what_is_not_in_the_book() -> None:
    with pytest.raises(LookupError, match="R-NONE"):
        rule_of("R-NONE")
    with pytest.raises(LookupError, match=r"law\.none"):
        setting_text("law.none")


RULE = """
title = "Emne"
order = 1
[rules.R-TEST]
title = "Regel"
law = "Lov"
mark = "V"
text = "Tekst."
unsettled = []
sources = ["kilde"]
"""
TABLE = '[[rules.R-TEST.tables.terms]]\nkey = "a"\nsource = "kilde"\nmark = "V"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(RULE.replace("order = 1", ""), "'order'", id="order"),
        pytest.param(RULE.replace('law = "Lov"', ""), "R-TEST: 'law'", id="law"),
        pytest.param(f"{RULE}{TABLE}", "R-TEST: 'columns'", id="columns"),
        pytest.param(
            f'{RULE}{TABLE}values = {{ days = 1 }}\n[rules.R-TEST.columns]\nyears = "År"\n',
            "'days'",
            id="a-column",
        ),
        pytest.param(
            f'{RULE}[settings.cti.review_days]\nlabel = "?"\n', "'help'", id="help-of-a-setting"
        ),
        pytest.param(f"{RULE}[settings.cti.gone]\n", "cti.gone", id="no-such-setting"),
        pytest.param(
            f'{RULE}[settings.rent.taper]\nlabel = "?"\nhelp = "."\nwords = {{ steps = "a" }}\n',
            "rent.taper",
            id="a-choice-without-words",
        ),
    ],
)
def test_what_is_not_said_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "test.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LookupError, match=message):
        rulebook(tmp_path)


def test_words_for_values_and_their_absence(tmp_path: Path) -> None:
    text = (
        f'{RULE}[rules.R-TEST.columns]\nhow = "Hvordan"\n[rules.R-TEST.words]\nfast = "hurtigt"\n'
        f'{TABLE}values = {{ how = "fast" }}\n'
    )
    (tmp_path / "test.toml").write_text(text, encoding="utf-8")
    ((rule,),) = (subject.rules for subject in rulebook(tmp_path))
    assert rule.tables[0].rows[0].cells == ("hurtigt",)
