"""Arrears as pages show them: the steps of the law, each with its day and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.evictions.models import OPEN, RentArrears
from housing.evictions.wording import DUTIES, MARKS, TITLES, said
from housingfirst.law.eviction import OPEN as STANDS_OPEN
from housingfirst.law.eviction import (
    Duty,
    EvictionLine,
    EvictionStep,
    StepReason,
    eviction_flow,
)
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity, Step

if TYPE_CHECKING:
    from cases.models import Case
    from housing.tenancies.models import Tenancy

RUNNING: Final = OPEN | Q(evicted_on__isnull=False, sheltered_on__isnull=True)
"""There is something left to do: it is not over, or a roof is missing after the eviction."""

StepState = Literal["done", "late", "now", "soon", "wait", "open"]

SOON_DAYS: Final = 2
"""So near the day a step is marked as for now."""

_QUIET: Final = (
    StepReason.NOT_REACHED,
    StepReason.NOT_EVICTED,
    StepReason.PRIVATE_LANDLORD,
    StepReason.NOTHING_POINTS_TO_NEED,
)
_STATES: Final[dict[Severity, StepState]] = {
    "over": "late",
    "now": "now",
    "soon": "soon",
    "done": "done",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it is read."""

    step: EvictionStep
    title: str
    who: str
    severity: Severity
    mark: str
    text: str
    law: str
    due_on: date | None
    done_on: date | None
    is_ours: bool
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """Arrears with the steps of the law as they stand on `today`."""

    arrears: RentArrears
    lines: list[Line]
    today: date

    @property
    def is_running(self) -> bool:
        return self.arrears.is_open or self.arrears.needs_roof

    @property
    def next_line(self) -> Line | None:
        """What must be done first, the municipality's own before the others'."""
        waiting = [line for line in self.lines if line.severity in ("over", "now", "soon")]
        waiting.sort(key=lambda line: (not line.is_ours, line.due_on or date.max))
        return waiting[0] if waiting else None

    @property
    def severity(self) -> Severity:
        """Of the panel: the worst there is to do."""
        marks = {line.severity for line in self.lines}
        for one in ("over", "now", "soon"):
            if one in marks:
                return one
        return "ok"

    @property
    def steps(self) -> list[Step]:
        """For the panel: what has happened and what runs, not what is far."""
        return [self._step(line) for line in self.lines if not line.is_quiet]

    def _step(self, line: Line) -> Step:
        state: StepState = "done" if line.done_on else _STATES.get(line.severity, "open")
        on = line.done_on or line.due_on
        when = words.day(on, today=self.today) if on else ""
        return Step(text=line.title, state=state, when=when, sub=line.text)

    @property
    def facts(self) -> list[Fact]:
        arrears, today = self.arrears, self.today
        heard = words.day(arrears.heard_on, today=today)
        facts = [Fact(_("Heard on"), f"{heard}, {words.inside(arrears.get_heard_from_display())}")]
        if arrears.amount_dkk is not None:
            facts.append(Fact(_("Amount in arrears"), words.money(arrears.amount_dkk)))
        if arrears.court_on is not None:
            day = words.day(arrears.court_on, today=today)
            facts.append(Fact(_("Day in the bailiff court"), day))
        child = _("Yes") if arrears.has_child else _("No, or not known")
        facts.append(Fact(_("A child under 18 lives there"), child))
        return facts

    @property
    def end(self) -> str:
        """How it ended, and "" while it runs."""
        arrears = self.arrears
        if arrears.is_open:
            return ""
        ends = (
            (arrears.evicted_on, _("Evicted %(day)s.")),
            (arrears.dismissed_on, _("Withdrawn or dismissed %(day)s.")),
            (arrears.paid_on, _("Paid %(day)s.")),
        )
        on, text = next((on, text) for on, text in ends if on is not None)
        return words.sentence(text % {"day": words.day(on, today=self.today, weekday=False)})


def followed(arrears: RentArrears, today: date) -> Followed:
    """Arrears that come with their lease and its dwelling."""
    flow = eviction_flow(arrears.facts, on=today)
    is_running = arrears.is_open or arrears.needs_roof
    return Followed(arrears, [_line(line, today, is_running) for line in flow.lines], today)


def _line(line: EvictionLine, today: date, is_running: bool) -> Line:
    severity, mark = MARKS[line.reason]
    text = str(mark)
    if line.reason in STANDS_OPEN and not is_running:
        severity, text = "line", _("Did not happen")
    elif line.reason is StepReason.DUE and line.due_on is not None:
        severity = "now" if (line.due_on - today).days <= SOON_DAYS else "soon"
        text = words.sentence(words.relative(line.due_on, today=today))
    elif line.reason is StepReason.OVERDUE and line.due_on is not None:
        days = (today - line.due_on).days
        text = ngettext("%(n)d day over", "%(n)d days over", days) % {"n": days}
    return Line(
        step=line.step,
        title=str(TITLES[line.step]),
        who=str(DUTIES[line.duty]),
        severity=severity,
        mark=text,
        text=said(line.step, line.reason) if is_running or line.reason not in STANDS_OPEN else "",
        law=line.law,
        due_on=line.due_on,
        done_on=line.done_on,
        is_ours=line.duty is Duty.MUNICIPALITY,
        is_quiet=line.reason in _QUIET,
    )


def running_in(case: Case, today: date) -> Followed | None:
    """The arrears of a case that came through `case_for` in which there is something to do."""
    arrears = _with_lease(RentArrears.objects.filter(RUNNING, tenancy__case=case)).first()
    return followed(arrears, today) if arrears is not None else None


def arrears_of(tenancy: Tenancy, today: date) -> list[Followed]:
    """All there were on a lease, newest first."""
    rows = _with_lease(RentArrears.objects.filter(tenancy=tenancy))
    return [followed(row, today) for row in rows]


def _with_lease(rows: QuerySet[RentArrears]) -> QuerySet[RentArrears]:
    return rows.select_related("tenancy__dwelling").order_by("-heard_on", "-pk")
