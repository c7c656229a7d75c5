"""Collects rows in memory and writes them table by table."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model

from cases.models import Case, CaseGrant, Citizen, Note, PlanRecord, SituationRecord, Wish
from crosssector.models import AftercarePlan, Application, Complaint, Handoff
from housing.models import (
    Absence,
    AreaWish,
    DaysElsewhere,
    Dwelling,
    HousingReferral,
    ListMembership,
    Notice,
    Offer,
    ReferralPaper,
    RentArrears,
    Stay,
    Tenancy,
    Vacancy,
)
from housingfirst.access.models import User
from housingfirst.events.kinds import kind_of
from housingfirst.events.models import Event
from support.models import ActivityWish, Enrolment, Milestone, Phase, SupportDecision, Visit

COPENHAGEN: Final = ZoneInfo("Europe/Copenhagen")
ORDER: Final[tuple[type[Model], ...]] = (
    Citizen, Case, CaseGrant, SituationRecord, Note, Wish, PlanRecord, Stay, Absence, DaysElsewhere,
    AftercarePlan, Notice, Dwelling, Vacancy, HousingReferral, AreaWish, ReferralPaper, Offer,
    Tenancy, RentArrears, ListMembership, SupportDecision, Enrolment, Phase, Milestone, Visit,
    ActivityWish, Handoff, Application, Complaint, Event,
)  # fmt: skip
"""Parents before children: each table is written after those it refers to."""
BATCH: Final = 2_000
Row = TypeVar("Row", bound=Model)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That moment on a Danish clock."""
    return datetime.combine(day, time(hour, minute), COPENHAGEN)


class Rows:
    """Rows waiting to be written, with a random source of their own."""

    def __init__(self, seed: int, today: date) -> None:
        self.random = random.Random(seed)  # invented data, not a secret
        self.today = today
        self._rows: dict[type[Model], list[Model]] = {model: [] for model in ORDER}

    def uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def add(self, row: Row) -> Row:
        if hasattr(row, "reference"):
            row.reference = self.uuid()
        self._rows[type(row)].append(row)
        return row

    def of(self, model: type[Row]) -> list[Row]:
        """Those of a table that wait to be written."""
        waiting: list[Row] = self._rows[model]  # type: ignore[assignment]  # kept by their model
        return waiting

    def event(
        self,
        kind: str,
        case: Case,
        when: datetime,
        actor: User | None,
        subject: UUID | None = None,
        /,
        **data: Any,
    ) -> None:
        known = kind_of(kind)
        self.add(
            Event(
                kind=kind,
                at=when,
                case=case,
                municipality=case.municipality,
                actor=actor,
                unit=actor.home_unit if actor else None,
                subject=subject,
                category=known.category,
                is_important=known.is_important,
                data={key: str(value) for key, value in data.items()},
            )
        )

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def days(self, low: int, high: int) -> timedelta:
        return timedelta(days=self.random.randint(low, high))

    def count(self) -> int:
        return sum(len(rows) for rows in self._rows.values())

    def write(self, *, remember: bool) -> None:
        """Insert everything, table by table, and forget it.

        `remember` keeps what was written as each row's first version, as a form does; a region's
        rows are too many to keep twice.
        """
        for model in ORDER:
            rows: Iterable[Model] = self._rows[model]
            written = model._default_manager.bulk_create(rows, batch_size=BATCH)
            history = getattr(model, "history", None)
            if remember and history is not None:
                history.bulk_history_create(written, batch_size=BATCH)
            self._rows[model] = []
