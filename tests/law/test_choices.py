"""Every setting of the rules: what it may be, and what stored texts make of it."""

from dataclasses import fields
from enum import StrEnum

import pytest

from housingfirst.law.choices import (
    DEFAULT_CHOICES,
    SETTINGS,
    Choices,
    Setting,
    SettingKind,
    choices_from,
    written,
)
from housingfirst.law.reimbursement import CapTransition, ReimbursementSettings


def test_every_field_of_every_group_is_a_setting() -> None:
    expected = {
        f"{group.name}.{one.name}"
        for group in fields(Choices)
        for one in fields(getattr(DEFAULT_CHOICES, group.name))
    }
    assert set(SETTINGS) == expected
    assert {"reimbursement.cap_transition", "calendar.christmas_eve_is_working_day"} <= expected


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.key)
def test_a_setting_reads_what_it_writes(setting: Setting) -> None:
    assert setting.of(DEFAULT_CHOICES) == setting.default
    assert setting.read(setting.default_text) == setting.default
    for word in setting.choices:
        assert written(setting.read(word)) == word
    assert (setting.kind is SettingKind.CHOICE) == bool(setting.choices)
    assert (setting.kind is SettingKind.CHOICE) == isinstance(setting.default, StrEnum)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.key)
def test_a_setting_refuses_what_it_may_not_be(setting: Setting) -> None:
    for text in ("", "perhaps", "1.5", str(setting.least - 1), str(setting.most + 1)):
        with pytest.raises(ValueError, match=r".+"):
            setting.read(text)


def test_numbers_may_be_their_bounds() -> None:
    setting = SETTINGS["cti.waiting_days"]
    assert (setting.kind, setting.least, setting.most) == (SettingKind.DAYS, 0, 366)
    assert (setting.read("0"), setting.read("366")) == (0, 366)


def test_yes_and_no() -> None:
    setting = SETTINGS["calendar.christmas_eve_is_working_day"]
    assert setting.kind is SettingKind.YES_NO
    assert (setting.read("yes"), setting.read("no")) == (True, False)
    assert (written(True), written(False), written(3)) == ("yes", "no", "3")


def test_stored_texts_change_what_they_name_and_nothing_else() -> None:
    choices = choices_from({"reimbursement.cap_transition": "per_year", "cti.review_days": "7"})
    assert choices.reimbursement == ReimbursementSettings(cap_transition=CapTransition.PER_YEAR)
    assert (choices.cti.review_days, choices.cti.waiting_days) == (7, 28)
    assert (choices.calendar, choices.support) == (
        DEFAULT_CHOICES.calendar,
        DEFAULT_CHOICES.support,
    )
    assert choices_from({}) == DEFAULT_CHOICES


def test_what_the_law_no_longer_leaves_open_chooses_nothing() -> None:
    stored = {"reimbursement.gone": "yes", "reimbursement.leap_day": "30_february"}
    assert choices_from(stored) == DEFAULT_CHOICES
