"""Writing where the citizen sleeps: one situation at a time, without holes made by accident."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Q

from cases.casework.enums import Situation, Source
from cases.casework.errors import SituationOverlaps
from cases.casework.models import Case, SituationRecord
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as


@transaction.atomic
def situation_begin(
    *,
    case: Case,
    situation: Situation,
    starts_on: date,
    source: Source,
    actor: User | None,
    remark: str = "",
) -> SituationRecord:
    """The citizen sleeps so from `starts_on`, until the next situation that is known.

    What was registered for that day ends there; one that began the same day is replaced. Who may
    say so is asked by the caller, and the event is the caller's: this follows from other facts.
    """
    records = case.situations.select_for_update()
    record = records.filter(starts_on=starts_on).order_by("-pk").first()
    if record is None:
        _end(case, starts_on, actor)
        following = records.filter(starts_on__gt=starts_on).order_by("starts_on").first()
        record = SituationRecord(
            case=case, starts_on=starts_on, ends_on=following.starts_on if following else None
        )
    record.situation, record.source, record.remark = situation, source, remark
    with constraint_as({"cases_situation_one_at_a_time": SituationOverlaps}):
        save_as(actor, record)
    return record


@transaction.atomic
def situation_end(*, case: Case, ends_on: date, actor: User | None) -> None:
    """What was registered for `ends_on` ends there, and nothing is known of the days after."""
    _end(case, ends_on, actor)


def _end(case: Case, on: date, actor: User | None) -> None:
    covering = case.situations.select_for_update().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), ~Q(ends_on=F("starts_on")), starts_on__lte=on
    )
    for record in covering:
        record.ends_on = on
        save_as(actor, record)
