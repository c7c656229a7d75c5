"""The rules in words, with their tables: what the page "Lovregler" and docs/law/ both show.

The words stand in the subjects' TOML files, in Danish, the language of the law. A rule has a
`title`, the `law` it stands on, a `mark`, a `text` of paragraphs, what is `unsettled` with what is
assumed, and `sources`; for its tables `titles`, the heading of each value in `columns`, the words
of a value in `words`, and what is said of one that is missing in `empty`. A setting has a `label`,
a `help`, and in `words` what each of its choices is called.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from housingfirst.law.choices import NO, SETTINGS, YES, Setting, SettingKind
from housingfirst.law.tables import FOLDER, read_subject, subjects
from housingfirst.law.versions import Mark

NOT_FOUND: Final = "ikke fundet"
NBSP: Final = "\N{NO-BREAK SPACE}"

_BROKEN: Final = re.compile(
    r"(?<=§) |(?<=§ \d\d) (?=a\b)|(?<=§ \d\d\d) (?=a\b)|(?<=stk\.) |(?<=nr\.) | (?=kr\.|%)"
)
_UNITS: Final[Mapping[SettingKind, tuple[str, str]]] = {
    SettingKind.DAYS: ("dag", "dage"),
    SettingKind.WORKING_DAYS: ("hverdag", "hverdage"),
    SettingKind.MONTHS: ("måned", "måneder"),
    SettingKind.PERCENT: ("%", "%"),
    SettingKind.COUNT: ("", ""),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One version of a table: its values as they are read, on [valid_from, valid_until)."""

    key: str
    valid_from: date | None
    valid_until: date | None
    cells: tuple[str, ...]
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SettingText:
    """A setting in words. `words` has one entry for each choice; none for a number."""

    setting: Setting
    label: str
    help: str
    words: Mapping[str, str]

    def said(self, text: str) -> str:
        """A stored text as it is read: "Nej, aldrig", or "14 dage"."""
        if text in self.words:
            return self.words[text]
        one, many = _UNITS.get(self.setting.kind, ("", ""))
        unit = one if text == "1" else many
        return f"{text}{NBSP}{unit}" if unit else text


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str
    law: str
    mark: Mark
    paragraphs: tuple[str, ...]
    unsettled: tuple[str, ...]
    sources: tuple[str, ...]
    tables: tuple[Table, ...]
    settings: tuple[SettingText, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    key: str
    title: str
    order: int
    rules: tuple[Rule, ...]


@lru_cache(maxsize=8)
def rulebook(folder: Path = FOLDER) -> tuple[Subject, ...]:
    """Every subject with its rules, in the order they are read.

    Raises LookupError, naming the rule, when something that must be said is not.
    """
    found = (_subject(key, read_subject(key, folder)) for key in subjects(folder))
    return tuple(sorted(found, key=lambda subject: (subject.order, subject.key)))


def rule_of(rule_id: str) -> Rule:
    """Raises LookupError for an unknown rule."""
    for subject in rulebook():
        for rule in subject.rules:
            if rule.id == rule_id:
                return rule
    raise LookupError(f"no rule {rule_id}")


def setting_text(key: str) -> SettingText:
    """A setting in words. Raises LookupError for an unknown setting."""
    for subject in rulebook():
        for rule in subject.rules:
            for text in rule.settings:
                if text.setting.key == key:
                    return text
    raise LookupError(f"no words for {key}")


def _subject(key: str, data: Mapping[str, Any]) -> Subject:
    try:
        texts = _setting_texts(data.get("settings", {}))
        rules = tuple(
            _rule(rule_id, rule, [text for text in texts if text.setting.rule_id == rule_id])
            for rule_id, rule in data["rules"].items()
        )
        return Subject(key, bound(data["title"]), data["order"], rules)
    except KeyError as error:
        raise LookupError(f"{key}.toml: {error} is not said") from None


def _setting_texts(groups: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[SettingText]:
    texts = []
    for group, members in groups.items():
        for name, text in members.items():
            setting = SETTINGS[f"{group}.{name}"]
            words: Mapping[str, str] = text.get("words", {})
            expected = setting.choices or ((YES, NO) if setting.kind is SettingKind.YES_NO else ())
            if set(words) != set(expected):
                raise LookupError(f"{setting.key}: the words are not those of {expected}")
            texts.append(SettingText(setting, bound(text["label"]), bound(text["help"]), words))
    return texts


def _rule(rule_id: str, data: Mapping[str, Any], settings: list[SettingText]) -> Rule:
    titles = data.get("titles", {})
    try:
        return Rule(
            id=rule_id,
            title=bound(data["title"]),
            law=bound(data["law"]),
            mark=Mark(data["mark"]),
            paragraphs=tuple(bound(part) for part in data["text"].split("\n\n")),
            unsettled=tuple(bound(text) for text in data["unsettled"]),
            sources=tuple(data["sources"]),
            tables=tuple(
                _table(name, titles.get(name, ""), data, rows)
                for name, rows in data.get("tables", {}).items()
            ),
            settings=tuple(settings),
        )
    except KeyError as error:
        raise LookupError(f"{rule_id}: {error} is not said") from None


def _table(name: str, title: str, data: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> Table:
    used = {field for row in rows for field in row.get("values", {})}
    columns: Mapping[str, str] = data["columns"]
    if unsaid := used - set(columns):
        raise KeyError(", ".join(sorted(unsaid)))
    fields = [field for field in columns if field in used]
    return Table(
        name=name,
        title=title,
        columns=tuple(columns[field] for field in fields),
        rows=tuple(
            Row(
                key=row["key"],
                valid_from=row.get("valid_from"),
                valid_until=row.get("valid_until"),
                cells=tuple(_cell(field, row.get("values"), data) for field in fields),
                source=bound(row["source"]),
                mark=Mark(row["mark"]),
            )
            for row in rows
        ),
    )


def _cell(field: str, values: Mapping[str, Any] | None, data: Mapping[str, Any]) -> str:
    """A value as it is read; a dash in a time when the rule did not exist."""
    if values is None:
        return "–"
    value = values.get(field)
    if value is None:
        return str(data.get("empty", {}).get(field, NOT_FOUND))
    words: Mapping[str, str] = data.get("words", {})
    if isinstance(value, list):
        return ", ".join(words.get(one, str(one)) for one in value)
    if isinstance(value, str):
        return words.get(value, value)
    if field.endswith("_share"):
        return f"{number(Decimal(value) * 100)}{NBSP}%"
    if field.endswith("_dkk"):
        return f"{number(Decimal(value))}{NBSP}kr."
    return number(Decimal(value))


def bound(text: str) -> str:
    """The text on one line, with "§ 85 a", "stk. 2" and "12 kr." kept from breaking."""
    return _BROKEN.sub(NBSP, " ".join(text.split()))


def number(value: Decimal) -> str:
    """A number as Danes write it: 16.965, 96,71 and, where there are no øre, 87."""
    whole = value == value.to_integral_value()
    text = f"{value:,.0f}" if whole else f"{value:,.2f}"
    return text.translate(str.maketrans(",.", ".,"))
