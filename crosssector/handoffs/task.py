"""What a page says about one handoff: how near its deadline is, and which acts it offers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.models import Handoff, ServiceLevel
from crosssector.handoffs.rules import OPEN, severity
from housingfirst.ui import words

Mark = Literal["over", "now", "soon", "ok", "wait", "done", "line"]


@dataclass(frozen=True, slots=True)
class Task:
    """A handoff as its reader sees it at an instant. `contact` is whom to call about it."""

    handoff: Handoff
    mark: Mark
    mark_text: str
    contact: str = ""

    @property
    def is_open(self) -> bool:
        return self.handoff.status in OPEN

    @property
    def waits_for_us(self) -> bool:
        """Whether the one who asked has a question to answer."""
        return self.handoff.status == HandoffStatus.QUESTION

    @property
    def may_show_cpr(self) -> bool:
        """Whether there is a number, and a use for it: none when it is asked no longer."""
        is_needed = self.handoff.status != HandoffStatus.WITHDRAWN
        return is_needed and bool(self.handoff.case.citizen.has_cpr)

    @property
    def is_granted(self) -> bool:
        return self.handoff.status == HandoffStatus.GRANTED

    @property
    def birth_year(self) -> int | None:
        born = self.handoff.case.citizen.birth_date
        return born.year if born else None

    @property
    def was_in_time(self) -> bool:
        at = self.handoff.answered_at
        return at is not None and at <= self.handoff.due_at


def task_of(handoff: Handoff, now: datetime, *, ours: bool = False) -> Task:
    """The badge in the words of its reader: the partner, or those who asked (`ours`)."""
    mark, text = _mark(handoff, now, ours=ours)
    return Task(handoff, mark, text)


def tasks_of(handoffs: Sequence[Handoff], now: datetime) -> list[Task]:
    """For the partner."""
    return [task_of(handoff, now) for handoff in handoffs]


def our_tasks(
    handoffs: Sequence[Handoff], levels: Iterable[ServiceLevel], now: datetime
) -> list[Task]:
    """For those who asked, with whom to call: the agreement's contact, else the unit."""
    agreed = {(level.unit_id, level.kind): level for level in levels}
    return [
        replace(
            task_of(handoff, now, ours=True),
            contact=_contact(handoff, agreed.get((handoff.to_unit_id, handoff.kind))),
        )
        for handoff in handoffs
    ]


def _contact(handoff: Handoff, level: ServiceLevel | None) -> str:
    name = (level.contact_name if level else "") or handoff.to_unit.name
    phone = (level.contact_phone if level else "") or handoff.to_unit.phone
    return f"{name}, {phone}" if phone else ""


def _mark(handoff: Handoff, now: datetime, *, ours: bool) -> tuple[Mark, str]:
    status = HandoffStatus(handoff.status)
    if status == HandoffStatus.QUESTION:
        return ("now", _("They ask us")) if ours else ("wait", _("The clock stands"))
    if status != HandoffStatus.ASKED:
        return ("done" if status == HandoffStatus.GRANTED else "line"), str(status.label)
    left = handoff.due_at - now
    near = severity(handoff.due_at, now=now)
    span = words.hours(left)
    if near == "over":
        return "over", _("%(span)s over") % {"span": span}
    if ours:
        return "wait", _("With %(unit)s") % {"unit": handoff.to_unit.name}
    return near, _("%(span)s left") % {"span": span}
