"""The time of an application by the municipality's choices, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housingfirst.law.processing import CaseKind, ProcessingReason, ProcessingTime, processing_time
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words
from housingfirst.ui.parts import Severity

SOON_DAYS: Final = 3

TEXTS: Final[Mapping[ProcessingReason, str | Promise]] = {
    ProcessingReason.UNDER_WAY: gettext_lazy("Answer by %(due)s (%(why)s)."),
    ProcessingReason.DECIDED_IN_TIME: gettext_lazy("Answered in time (%(why)s)."),
    ProcessingReason.DECIDED_LATE: gettext_lazy("Answered after %(due)s (%(why)s)."),
    ProcessingReason.CITIZEN_MUST_BE_TOLD: gettext_lazy(
        "The time ran out on %(due)s (%(why)s). Tell the citizen in writing when to expect the "
        "answer."
    ),
    ProcessingReason.CITIZEN_IS_TOLD: gettext_lazy(
        "The time ran out on %(due)s. The citizen is told to expect the answer on %(expected)s."
    ),
    ProcessingReason.EXPECTED_DAY_HAS_PASSED: gettext_lazy(
        "The citizen was told to expect the answer on %(expected)s, and that has passed: tell them "
        "a new day in writing."
    ),
}


@dataclass(frozen=True, slots=True)
class Time:
    """Where an application stands: the badge, the sentence with its reason, and the law's own."""

    law: ProcessingTime
    severity: Severity
    mark: str
    text: str

    @property
    def needs_letter(self) -> bool:
        return self.law.needs_letter


def time_of(
    kind: CaseKind,
    received_on: date,
    *,
    municipality_id: int,
    today: date,
    decided_on: date | None = None,
    expected_on: date | None = None,
) -> Time:
    """By the choices of the municipality."""
    law = processing_time(
        kind,
        received_on,
        on=today,
        decided_on=decided_on,
        expected_on=expected_on,
        settings=choices_of(municipality_id).processing,
    )
    severity, mark = _mark(law, today)
    facts = {
        "due": words.day(law.due_on, today=today),
        "expected": words.day(expected_on, today=today) if expected_on else "",
        "why": _why(law, today),
    }
    return Time(law, severity, mark, words.sentence(str(TEXTS[law.reason]) % facts))


def _mark(law: ProcessingTime, today: date) -> tuple[Severity, str]:
    if law.reason in (ProcessingReason.DECIDED_IN_TIME, ProcessingReason.DECIDED_LATE):
        return "done", _("Answered")
    until = law.due_on
    if law.reason is ProcessingReason.CITIZEN_IS_TOLD and law.expected_on is not None:
        until = law.expected_on
    if law.needs_letter:
        over = (today - (law.expected_on or law.due_on)).days
        return "over", ngettext("%(days)d day over", "%(days)d days over", over) % {"days": over}
    left = (until - today).days
    severity: Severity = "now" if left <= 1 else "soon" if left <= SOON_DAYS else "ok"
    return severity, words.sentence(words.relative(until, today=today))


def _why(law: ProcessingTime, today: date) -> str:
    received = words.day(law.received_on, today=today, weekday=False)
    if law.days == 0:
        return _("at once, received %(day)s; the municipality's own target") % {"day": received}
    text = ngettext(
        "%(n)s day from %(day)s; the municipality's own target",
        "%(n)s days from %(day)s; the municipality's own target",
        law.days,
    )
    return text % {"n": law.days, "day": received}
