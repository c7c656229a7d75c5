"""The page's contents: every rule with what the municipality has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from housingfirst.access.models import Municipality
from housingfirst.law.choices import Setting
from housingfirst.law.rulebook import Rule, SettingText, rulebook, setting_text
from housingfirst.law.versions import Mark
from housingfirst.lawbook.models import MunicipalChoice

HISTORY: Final = 500
"""How many choices stand on the page, of all settings together."""

NOT_YET_COUNTED: Final[frozenset[str]] = frozenset()
"""Groups of settings whose rules are written and no page counts with yet; the page says so."""

MARKS: Final[Mapping[Mark, tuple[str, str | Promise]]] = {
    Mark.VERIFIED: ("done", _("Read in the source")),
    Mark.VERIFIED_OLD: ("line", _("Read in an older text")),
    Mark.INFERRED: ("line", _("Inferred from a similar rule")),
    Mark.UNVERIFIED: ("soon", _("Not settled")),
}
MEANINGS: Final[Sequence[tuple[Mark, str | Promise]]] = (
    (Mark.VERIFIED, _("The content was read in a source that is named under the rule.")),
    (Mark.VERIFIED_OLD, _("It was read, but in an older text or a bill: it may have changed.")),
    (Mark.INFERRED, _("It was not read itself; it follows from a rule that is like it.")),
    (
        Mark.UNVERIFIED,
        _("It was found in no source. The system assumes it, and the municipality may choose."),
    ),
)


@dataclass(frozen=True, slots=True)
class MarkShown:
    severity: str
    text: str


def mark_shown(mark: Mark) -> MarkShown:
    severity, text = MARKS[mark]
    return MarkShown(severity, str(text))


@dataclass(frozen=True, slots=True)
class Made:
    """One choice as it is read."""

    choice: MunicipalChoice
    said: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A setting and what holds. `made` is how it came to be so, the newest first."""

    text: SettingText
    value: str
    made: Sequence[Made] = ()

    @property
    def setting(self) -> Setting:
        return self.text.setting

    @property
    def said(self) -> str:
        return self.text.said(self.value)

    @property
    def default_said(self) -> str:
        return self.text.said(self.setting.default_text)

    @property
    def is_default(self) -> bool:
        return self.value == self.setting.default_text

    @property
    def is_counted(self) -> bool:
        """Whether any page counts with it."""
        return self.setting.group not in NOT_YET_COUNTED

    @property
    def newest(self) -> Made | None:
        return self.made[0] if self.made else None

    @property
    def seen(self) -> str:
        """What a form sends back, so that nobody chooses over somebody else's choice."""
        return str(self.made[0].choice.reference) if self.made else ""


@dataclass(frozen=True, slots=True)
class ShownRule:
    rule: Rule
    mark: MarkShown
    choices: Sequence[Chosen]

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.choices)


@dataclass(frozen=True, slots=True)
class ShownSubject:
    key: str
    title: str
    rules: Sequence[ShownRule]


@dataclass(frozen=True, slots=True)
class Book:
    subjects: Sequence[ShownSubject]

    @property
    def rules(self) -> list[ShownRule]:
        return [rule for subject in self.subjects for rule in subject.rules]

    @property
    def settings(self) -> list[Chosen]:
        return [chosen for rule in self.rules for chosen in rule.choices]

    @property
    def undecided(self) -> int:
        """Settings the municipality has not taken a stand on."""
        return sum(chosen.newest is None for chosen in self.settings)

    def only_open(self) -> Book:
        """The rules in which there is something to choose."""
        kept = (
            ShownSubject(one.key, one.title, [rule for rule in one.rules if rule.is_open])
            for one in self.subjects
        )
        return Book([subject for subject in kept if subject.rules])


def book_of(municipality: Municipality) -> Book:
    """Every rule, and what the municipality has chosen. One query."""
    made = _made(municipality)
    return Book([
        ShownSubject(
            subject.key,
            subject.title,
            [
                ShownRule(
                    rule,
                    mark_shown(rule.mark),
                    [_chosen(text, made.get(text.setting.key, ())) for text in rule.settings],
                )
                for rule in subject.rules
            ],
        )
        for subject in rulebook()
    ])  # fmt: skip


def chosen_of(municipality: Municipality, key: str) -> Chosen:
    """One setting, and what the municipality has chosen. Raises LookupError for no setting."""
    text = setting_text(key)
    return _chosen(text, _made(municipality, key).get(key, ()))


def _made(municipality: Municipality, key: str = "") -> dict[str, list[MunicipalChoice]]:
    """By setting, the newest first, and at most HISTORY in all."""
    choices = MunicipalChoice.objects.filter(municipality=municipality).select_related("made_by")
    if key:
        choices = choices.filter(key=key)
    found: dict[str, list[MunicipalChoice]] = {}
    for choice in choices.order_by("-pk")[:HISTORY]:
        found.setdefault(choice.key, []).append(choice)
    return found


def _chosen(text: SettingText, made: Sequence[MunicipalChoice]) -> Chosen:
    value = text.setting.default_text
    if made and _is_readable(text.setting, made[0].value):
        value = made[0].value
    return Chosen(text, value, [Made(choice, text.said(choice.value)) for choice in made])


def _is_readable(setting: Setting, text: str) -> bool:
    try:
        setting.read(text)
    except ValueError:
        return False
    return True
