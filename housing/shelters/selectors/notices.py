"""Notices as the shelter and the municipality see them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.shelters.enums import ActingAnswer, NoticeKind
from housing.shelters.models import Notice, Shelter
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.ui import words
from housingfirst.ui.parts import Severity

PAGE: Final = 50
RECENT_DAYS: Final = 30
MOST: Final = 200
_PK: Final = re.compile(r"\d{1,18}", re.ASCII)


class State(StrEnum):
    """Where a notice is on its way; the values stand in the address."""

    UNSENT = "unsent"
    WAITING = "waiting"
    REFUSED = "refused"
    DONE = "done"


LABELS: Final[dict[State, str | Promise]] = {
    State.UNSENT: gettext_lazy("To be sent"),
    State.WAITING: gettext_lazy("Waiting for an answer"),
    State.REFUSED: gettext_lazy("Not the acting municipality"),
    State.DONE: gettext_lazy("Answered"),
}

CONDITIONS: Final[dict[State, Q]] = {
    State.UNSENT: Q(sent_at__isnull=True),
    State.WAITING: Q(sent_at__isnull=False, acknowledged_at__isnull=True),
    State.REFUSED: Q(
        acknowledged_at__isnull=False,
        answer=ActingAnswer.NO,
        stay__discharged_on__isnull=True,
    ),
    State.DONE: Q(acknowledged_at__isnull=False)
    & ~Q(answer=ActingAnswer.NO, stay__discharged_on__isnull=True),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One notice with its state on `today`, as the shelter sees it, or as the municipality."""

    notice: Notice
    today: date
    is_inbox: bool = False

    @property
    def state(self) -> State:
        notice = self.notice
        if notice.sent_at is None:
            return State.UNSENT
        if notice.acknowledged_at is None:
            return State.WAITING
        if notice.answer == ActingAnswer.NO and notice.stay.discharged_on is None:
            return State.REFUSED
        return State.DONE

    @property
    def due_on(self) -> date | None:
        """The day of the clock that runs now: to send it, or to answer it."""
        if self.state is State.UNSENT:
            return self.notice.due_on
        return self.notice.answer_due_on if self.state is State.WAITING else None

    @property
    def severity(self) -> Severity:
        if self.state is State.DONE:
            return "over" if self.notice.is_late else "done"
        if self.state is State.REFUSED:
            return "over"
        if self.due_on is None:
            return "ok" if self.is_inbox else "wait"
        days = (self.due_on - self.today).days
        if days < 0:
            return "over"
        if self.state is State.WAITING and not self.is_inbox:
            return "wait"
        return "now" if days <= 1 else "soon"

    @property
    def mark(self) -> str:
        """The badge's words."""
        if self.state is State.DONE:
            return _("Sent too late") if self.notice.is_late else _("Answered")
        if self.state is State.REFUSED:
            return _("Not them")
        if self.due_on is None:
            return _("Sent")
        return words.relative(self.due_on, today=self.today)

    @property
    def is_admission(self) -> bool:
        return self.notice.kind == NoticeKind.ADMISSION

    @property
    def by_letter(self) -> bool:
        """Whether the municipality must be told outside the system."""
        return not self.notice.municipality.uses_system

    @property
    def hides_place(self) -> bool:
        return self.notice.stay.citizen.is_protected


def lines(notices: QuerySet[Notice], today: date, *, is_inbox: bool = False) -> list[Line]:
    """The notices with all that a line shows, in one query."""
    rows = notices.select_related(
        "stay__citizen", "stay__case", "stay__shelter", "municipality", "sent_by", "acknowledged_by"
    )
    return [Line(notice, today, is_inbox) for notice in rows]


def of_shelter(user: User, shelter: Shelter) -> QuerySet[Notice]:
    return Notice.objects.visible_to(user).filter(stay__shelter=shelter)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the shelter must do about notices, and how it has kept the clock.

    `urgent` are those to send, to chase and to send elsewhere; `sent` and `late` count those of
    the last thirty days.
    """

    urgent: Sequence[Line]
    sent: int
    late: int


def desk_of(user: User, shelter: Shelter, today: date) -> Desk:
    """One query: a shelter decides on few admissions a month."""
    recent = Q(sent_at__isnull=False, decided_on__gte=today - timedelta(days=RECENT_DAYS))
    notices = of_shelter(user, shelter).filter(
        CONDITIONS[State.UNSENT] | CONDITIONS[State.REFUSED] | CONDITIONS[State.WAITING] | recent
    )
    found = lines(notices.order_by("due_on", "pk")[:MOST], today)
    urgent = [
        line
        for line in found
        if line.state in (State.UNSENT, State.REFUSED)
        or (line.state is State.WAITING and line.due_on is not None and line.due_on < today)
    ]
    since = today - timedelta(days=RECENT_DAYS)
    sent = [
        line
        for line in found
        if line.notice.sent_at is not None and line.notice.decided_on >= since
    ]
    return Desk(urgent, sent=len(sent), late=sum(line.notice.is_late for line in sent))


def inbox(user: User) -> QuerySet[Notice]:
    """What shelters have sent to the municipalities that the user answers for."""
    municipalities = {unit.municipality_id for unit in user.units_for(Act.NOTICE_ACKNOWLEDGE)}
    return Notice.objects.visible_to(user).filter(
        municipality__in=municipalities, sent_at__isnull=False
    )


def waiting_in_inbox(user: User) -> int:
    """How many of them wait for an answer: few at any time."""
    return inbox(user).filter(CONDITIONS[State.WAITING]).count()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of notices, newest first; `after` leads to the older ones, "" at the end."""

    lines: Sequence[Line]
    after: str


Direction = Literal["due", "newest"]


def page(
    notices: QuerySet[Notice], today: date, *, after: str, by: Direction, is_inbox: bool = False
) -> Page:
    """A page by due day (what must be done) or newest first (what is done), from key `after`.

    A key that cannot be read begins at the beginning.
    """
    key = _key(after)
    if by == "due":
        notices = notices.order_by("due_on", "pk")
        if key:
            notices = notices.filter(Q(due_on__gt=key[0]) | Q(due_on=key[0], pk__gt=key[1]))
    else:
        notices = notices.order_by("-due_on", "-pk")
        if key:
            notices = notices.filter(Q(due_on__lt=key[0]) | Q(due_on=key[0], pk__lt=key[1]))
    found = lines(notices[: PAGE + 1], today, is_inbox=is_inbox)
    last = found[PAGE - 1].notice if len(found) > PAGE else None
    return Page(found[:PAGE], f"{last.due_on.isoformat()}.{last.pk}" if last else "")


def _key(after: str) -> tuple[date, int] | None:
    day, _dot, number = after.partition(".")
    try:
        return (date.fromisoformat(day), int(number)) if _PK.fullmatch(number) else None
    except ValueError:
        return None


def counts(notices: QuerySet[Notice], states: Sequence[State]) -> dict[State, int]:
    """How many are in each of the states that empty themselves, in one query."""
    found = notices.aggregate(
        **{state.value: Count("pk", filter=CONDITIONS[state]) for state in states}
    )
    return {state: found[state.value] for state in states}
