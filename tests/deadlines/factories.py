"""A kind of deadline of the tests' own, whose facts are the citizens' wishes, and rows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from django.db.models import DateField, ExpressionWrapper, F, Value
from django.db.models.functions import Cast, JSONObject

from cases.casework.models import Case, Wish
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.deadlines import kinds
from housingfirst.deadlines.kinds import DeadlineKind, on_case
from housingfirst.deadlines.models import Deadline
from tests.access.factories import make_user

DAY = date(2026, 11, 17)
"""The tests' day: a Tuesday."""
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOON = datetime.combine(DAY, time(12), COPENHAGEN)
_numbers = count(1)


def wishes_due(day: date) -> Any:
    """Each wish is to be answered within 14 days of being said; one without words is not due.

    Any, because a test annotates it further.
    """
    due = ExpressionWrapper(F("said_on") + timedelta(days=14), output_field=DateField())
    return Wish.objects.exclude(words="").annotate(
        fact_object_key=F("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("case__adviser_id"),
        fact_case_id=F("case_id"),
        fact_due_on=Cast(due, DateField()),
        fact_params=JSONObject(words=F("words"), seen=Value(None)),
    )


def make_kind(key: str = "test_wish", **changes: Any) -> DeadlineKind:
    values: dict[str, Any] = {
        "key": key,
        "title": "Answer the wish",
        "why": "The citizen wished: %(words)s",
        "cost": "the wish is forgotten",
        "act": "Open the case",
        "source": "SEL § 1",
        "is_statutory": False,
        "loss": 50,
        "facts": wishes_due,
        "case_lookup": "case",
        "url": lambda deadline: f"/cases/{deadline.case.reference}/",
        "gate": on_case(Act.CASE_VIEW),
        "warning_days": (10, 3),
        "text_params": lambda params: {"words": "", **params},
    }
    return DeadlineKind(**(values | changes))


@contextmanager
def only_kinds(*registered: DeadlineKind) -> Iterator[None]:
    """Within, these kinds are registered and no others."""
    with mock.patch.dict(kinds._KINDS, {kind.key: kind for kind in registered}, clear=True):
        yield


def make_wish(
    case: Case, *, said_on: date = DAY, words: str = "A garden", writer: User | None = None
) -> Wish:
    return Wish.objects.create(
        case=case, said_on=said_on, words=words, written_by=writer or make_user()
    )


def make_deadline(
    *,
    unit: Unit,
    case: Case | None = None,
    kind: str = "test_wish",
    due_on: date = DAY,
    due_at: datetime | None = None,
    person: User | None = None,
    warn_days: int = 10,
    now_days: int = 3,
    weekly_cost_dkk: Decimal | None = None,
    params: dict[str, Any] | None = None,
    snoozed_until: date | None = None,
    snooze_reason: str = "",
) -> Deadline:
    """A row as a sweep would have left it."""
    return Deadline.objects.create(
        kind=kind,
        object_key=f"object-{next(_numbers)}",
        municipality=unit.municipality,
        unit=unit,
        person=person,
        case=case,
        due_on=due_on,
        due_at=due_at,
        warn_from=due_on - timedelta(days=warn_days),
        now_from=due_on - timedelta(days=now_days),
        weekly_cost_dkk=weekly_cost_dkk,
        params=params or {},
        snoozed_until=snoozed_until,
        snooze_reason=snooze_reason,
    )


FACTS = (
    "kind",
    "object_key",
    "municipality_id",
    "unit_id",
    "person_id",
    "case_id",
    "due_on",
    "due_at",
    "warn_from",
    "now_from",
    "weekly_cost_dkk",
    "params",
)


def table(kinds_: Collection[str] = ()) -> Sequence[dict[str, Any]]:
    """The deadlines as facts, with whether each is open: what two ways of filling must agree on."""
    rows = Deadline.objects.filter(kind__in=kinds_) if kinds_ else Deadline.objects.all()
    return [
        {**{name: getattr(row, name) for name in FACTS}, "open": row.closed_at is None}
        for row in rows.order_by("kind", "object_key")
    ]
