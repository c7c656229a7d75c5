"""Publishing: the last thing a service does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from housingfirst.access.models import User
from housingfirst.events.kinds import kind_of, subscribers
from housingfirst.events.models import Event

if TYPE_CHECKING:
    from cases.casework.models import Case


Happened = tuple[str, "Case | None", UUID, datetime, Mapping[str, Any]]
"""What `record_many` takes: kind, case, subject, instant and data."""


def record(
    kind: str,
    *,
    actor: User | None,
    case: Case | None = None,
    subject: UUID | None = None,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Write the event and let its subscribers act, in the caller's transaction.

    `subject` is the reference of the row it is about. Dates and amounts in `data` are kept as
    text. Raises KeyError for a kind that is not registered.
    """
    event = _event(kind, actor, case, subject, at, data)
    event.save()
    _tell(event)
    return event


def record_many(happened: Iterable[Happened], *, actor: User | None) -> None:
    """The same for many at once, as an import writes them."""
    events = [_event(kind, actor, case, ref, at, data) for kind, case, ref, at, data in happened]
    for event in Event.objects.bulk_create(events, batch_size=1_000):
        _tell(event)


def _event(
    kind: str,
    actor: User | None,
    case: Case | None,
    subject: UUID | None,
    at: datetime | None,
    data: Mapping[str, Any],
) -> Event:
    known = kind_of(kind)
    return Event(
        kind=kind,
        at=at or timezone.now(),
        case=case,
        municipality_id=case.municipality_id if case else None,
        actor=actor,
        unit=actor.home_unit if actor else None,
        subject=subject,
        category=known.category,
        is_important=known.is_important,
        data={key: _plain(value) for key, value in data.items()},
    )


def _tell(event: Event) -> None:
    for handler in subscribers(event.kind):
        handler(event)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (Decimal, UUID)):
        return str(value)
    return value
