"""What a municipality chooses where the law is open: each setting, its values and its default.

The settings are the fields of the dataclasses that the rules take; a new field is a new setting.
Its kind follows from its type and the end of its name (`…_days`, `…_months`, `…_percent`); a field
may say otherwise in its metadata: `rule`, `kind`, `least`, `most`, `mark`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final, get_type_hints

from housingfirst.law.aftercare import AftercareSettings
from housingfirst.law.allocation import AllocationSettings
from housingfirst.law.backward import LeadTimes
from housingfirst.law.complaints import ComplaintSettings
from housingfirst.law.cti import CtiSettings
from housingfirst.law.days import CalendarSettings
from housingfirst.law.plans import PlanSettings
from housingfirst.law.processing import ProcessingSettings
from housingfirst.law.reimbursement import ReimbursementSettings
from housingfirst.law.rent import RentSettings
from housingfirst.law.support import SupportRefundSettings
from housingfirst.law.versions import Mark

Value = StrEnum | bool | int


class SettingKind(StrEnum):
    """How a setting is chosen: one of its words, yes or no, or a whole number of something."""

    CHOICE = "choice"
    YES_NO = "yes-no"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    PERCENT = "percent"
    COUNT = "count"


YES: Final = "yes"
NO: Final = "no"

_ENDINGS: Final = (
    ("_working_days", SettingKind.WORKING_DAYS),
    ("_days", SettingKind.DAYS),
    ("_months", SettingKind.MONTHS),
    ("_percent", SettingKind.PERCENT),
)
_MOST: Final[Mapping[SettingKind, int]] = {
    SettingKind.DAYS: 366,
    SettingKind.WORKING_DAYS: 60,
    SettingKind.MONTHS: 120,
    SettingKind.PERCENT: 100,
    SettingKind.COUNT: 100,
}
_RULE_OF_GROUP: Final[Mapping[str, str]] = {
    "reimbursement": "R-110-REF",
    "support": "R-176A-1",
    "calendar": "R-DAYS",
    "cti": "R-CTI",
    "plans": "R-142",
    "rent": "R-RENTCUT",
    "backward": "R-BACKWARD",
    "processing": "R-RSL-3",
    "complaints": "R-KLAGE",
    "allocation": "R-ABL-59",
    "aftercare": "R-AFTER",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Every choice of one municipality; without any, the defaults."""

    reimbursement: ReimbursementSettings = field(default_factory=ReimbursementSettings)
    support: SupportRefundSettings = field(default_factory=SupportRefundSettings)
    calendar: CalendarSettings = field(default_factory=CalendarSettings)
    cti: CtiSettings = field(default_factory=CtiSettings)
    plans: PlanSettings = field(default_factory=PlanSettings)
    rent: RentSettings = field(default_factory=RentSettings)
    backward: LeadTimes = field(default_factory=LeadTimes)
    processing: ProcessingSettings = field(default_factory=ProcessingSettings)
    complaints: ComplaintSettings = field(default_factory=ComplaintSettings)
    allocation: AllocationSettings = field(default_factory=AllocationSettings)
    aftercare: AftercareSettings = field(default_factory=AftercareSettings)


DEFAULT_CHOICES: Final = Choices()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `key` is stored, and never changes; `choices` are the words a value may be.

    Numbers are whole, `least` to `most`, both included.
    """

    key: str
    group: str
    name: str
    rule_id: str
    kind: SettingKind
    default: Value
    choices: tuple[str, ...]
    least: int
    most: int
    mark: Mark

    def read(self, text: str) -> Value:
        """The value that `text` stands for. Raises ValueError when it is none of its values."""
        if self.kind is SettingKind.YES_NO:
            if text not in (YES, NO):
                raise ValueError(f"{self.key}: {text!r} is neither {YES} nor {NO}")
            return text == YES
        if isinstance(self.default, StrEnum):
            return type(self.default)(text)
        number = int(text)
        if not self.least <= number <= self.most:
            raise ValueError(f"{self.key}: {number} is not from {self.least} to {self.most}")
        return number

    @property
    def default_text(self) -> str:
        return written(self.default)

    def of(self, choices: Choices) -> Value:
        """What the municipality has chosen."""
        value: Value = getattr(getattr(choices, self.group), self.name)
        return value


def written(value: Value) -> str:
    """A value as it is stored; `Setting.read` reads it back."""
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def choices_from(stored: Mapping[str, str]) -> Choices:
    """The choices that `stored` texts by key make; a key without a text keeps its default.

    A text that its setting can no longer read, and a key that is no setting any more, are passed
    over: the law moves on, and what was chosen for an older reading chooses nothing.
    """
    changed: dict[str, dict[str, Value]] = {}
    for key, text in stored.items():
        setting = SETTINGS.get(key)
        if setting is None:
            continue
        try:
            value = setting.read(text)
        except ValueError:
            continue
        changed.setdefault(setting.group, {})[setting.name] = value
    return replace(
        DEFAULT_CHOICES,
        **{
            group: replace(getattr(DEFAULT_CHOICES, group), **values)
            for group, values in changed.items()
        },
    )


def _settings() -> Iterator[Setting]:
    for group in fields(Choices):
        settings = getattr(DEFAULT_CHOICES, group.name)
        hints = get_type_hints(type(settings))
        for one in fields(settings):
            yield _setting(group.name, one, hints[one.name], getattr(settings, one.name))


def _setting(group: str, one: "Field[Any]", hint: type, default: Value) -> Setting:
    kind = SettingKind(one.metadata.get("kind") or _kind(one.name, hint))
    return Setting(
        key=f"{group}.{one.name}",
        group=group,
        name=one.name,
        rule_id=one.metadata.get("rule") or _RULE_OF_GROUP[group],
        kind=kind,
        default=default,
        choices=tuple(hint) if issubclass(hint, StrEnum) else (),
        least=one.metadata.get("least", 0),
        most=one.metadata.get("most", _MOST.get(kind, 0)),
        mark=one.metadata.get("mark", Mark.UNVERIFIED),
    )


def _kind(name: str, hint: type) -> SettingKind:
    if issubclass(hint, StrEnum):
        return SettingKind.CHOICE
    if hint is bool:
        return SettingKind.YES_NO
    return next((kind for end, kind in _ENDINGS if name.endswith(end)), SettingKind.COUNT)


SETTINGS: Final[Mapping[str, Setting]] = {setting.key: setting for setting in _settings()}
"""Every setting by its key, in the order of the groups and their fields."""
