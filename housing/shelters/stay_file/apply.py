"""Writing the rows of a file of stays, many at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Model
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from cases.casework.enums import Situation, Source
from cases.casework.grants import FULL, RESIDENCE, end_unit_grants, grant_cases
from cases.casework.models import Case, SituationRecord
from cases.casework.services import RESPONSIBLE, next_case_numbers
from cases.casework.situations import situation_begin
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from cases.citizens.services import citizens_hold, seal_cpr
from housing.shelters import rules
from housing.shelters.clock import clocks_refresh
from housing.shelters.enums import AcuteNeed, AdmissionRoute, NoticeKind
from housing.shelters.events import STAY_ADMITTED, STAY_DISCHARGED
from housing.shelters.models import Notice, Shelter, Stay
from housing.shelters.services import stay_discharge
from housing.shelters.services.admission import STAY_GRANT
from housing.shelters.stay_file.plan import StayRow
from housingfirst.access.models import Municipality, User
from housingfirst.base.db import save_as
from housingfirst.deadlines.services import refreshed_together
from housingfirst.events.services import record_many
from housingfirst.imports.importers import Progress
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.selectors import choices_by_municipality

BATCH = 500


def admit(
    rows: Sequence[StayRow], shelter: Shelter, actor: User | None, progress: Progress
) -> None:
    """Write new stays with all that follows from them, in batches."""
    stays: list[Stay] = []
    opened: set[Case] = set()
    with refreshed_together(timezone.localdate()):
        for at in range(0, len(rows), BATCH):
            more_stays, more_opened = _admit_batch(rows[at : at + BATCH], shelter, actor)
            stays += more_stays
            opened |= more_opened
            progress(min(at + BATCH, len(rows)))
        _situations(stays, opened, actor)


def correct(rows: Sequence[StayRow], actor: User | None, progress: Progress, done: int) -> None:
    """Correct stays that are there; a discharge goes the way of every discharge."""
    with refreshed_together(timezone.localdate()):
        _correct(rows, actor, progress, done)
    clocks_refresh(
        [row.stay.citizen_id for row in rows if row.stay is not None], timezone.localdate()
    )


def _correct(rows: Sequence[StayRow], actor: User | None, progress: Progress, done: int) -> None:
    for number, row in enumerate(rows, 1):
        stay, values = row.stay, dict(row.values)
        assert stay is not None  # corrections are of stays that are there
        discharged_on, to = values.pop("discharged_on", None), values.pop("to", None)
        fields = {"rate": "daily_rate_dkk", "payment": "resident_payment_dkk"}
        for column, value in values.items():
            setattr(stay, fields.get(column, column), value)
        if to is not None and discharged_on is None:
            stay.discharge_to = to
        if values or (to is not None and discharged_on is None):
            save_as(actor, stay, reason="import")
        if discharged_on is not None:
            stay_discharge(stay=stay, discharged_on=discharged_on, to=to, reason="", actor=actor)
        if number % 50 == 0:
            progress(done + number)


def _admit_batch(
    rows: Sequence[StayRow], shelter: Shelter, actor: User | None
) -> tuple[list[Stay], set[Case]]:
    """The stays written, and the cases that were opened for them."""
    citizens = _citizens(rows, actor)
    cases, opened = _cases(rows, citizens, actor)
    stays = [
        Stay(
            citizen=citizens[row.who],
            case=cases[row.who, row.municipality.pk],
            shelter=shelter,
            bed=row.bed,
            admitted_on=row.values["admitted_on"],
            discharged_on=row.values["discharged_on"],
            route=row.values["route"] or AdmissionRoute.OTHER,
            need=row.values["need"] or AcuteNeed.NO_HOME,
            reason=row.values["reason"] or "",
            daily_rate_dkk=row.values["rate"],
            resident_payment_dkk=row.values["payment"],
            keeps_own_home=row.values["need"] == AcuteNeed.HOME_UNUSABLE,
            discharge_to=row.values["to"] or "",
            registered_by=actor,
            external_id=row.values["external_id"] or "",
        )
        for row in rows
    ]
    _write(Stay, stays, actor)
    _notices(rows, stays, actor)
    _grants(stays, shelter, actor)
    _events(stays, shelter, actor)
    today = timezone.localdate()
    clocks_refresh(sorted({stay.citizen_id for stay in stays}), today)
    return stays, opened


def _citizens(rows: Sequence[StayRow], actor: User | None) -> dict[Any, Citizen]:
    known = {row.who: row.citizen for row in rows if row.citizen is not None}
    fresh: dict[Any, Citizen] = {}
    for row in rows:
        if row.who not in known and row.who not in fresh:
            born = row.cpr.birth_date if row.cpr and row.cpr.birth_date else row.birth_date
            citizen = Citizen(name=row.name, birth_date=born, protection=Protection.UNKNOWN)
            if row.cpr is not None:
                seal_cpr(citizen, row.cpr)
            fresh[row.who] = citizen
    # Those of an earlier batch of the same file.
    indexes = [citizen.cpr_index for citizen in fresh.values() if citizen.cpr_index]
    for citizen in Citizen.objects.filter(cpr_index__in=indexes):
        who = ("cpr", bytes(citizen.cpr_index or b""))
        known[who] = citizen
        fresh.pop(who, None)
    _write(Citizen, list(fresh.values()), actor)
    return known | fresh


def _cases(
    rows: Sequence[StayRow], citizens: dict[Any, Citizen], actor: User | None
) -> tuple[dict[tuple[Any, int], Case], set[Case]]:
    """The citizens' open cases, held as an admission holds them, and those opened for the rest."""
    wanted = {(row.who, row.municipality.pk): row for row in reversed(rows)}
    ids = {citizen.pk: who for who, citizen in citizens.items()}
    citizens_hold(ids)
    cases = {
        (ids[case.citizen_id], case.municipality_id): case
        for case in Case.objects.filter(citizen__in=ids, closed_on__isnull=True)
        .select_related("unit", "municipality")
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    }
    missing = [row for key, row in wanted.items() if key not in cases]
    fresh: list[Case] = []
    by_place: dict[Municipality, list[StayRow]] = {}
    for row in missing:
        by_place.setdefault(row.municipality, []).append(row)
    for place, of_place in by_place.items():
        intake = place.units.filter(takes_intake=True).select_related("group").first()
        numbers = iter(next_case_numbers(place, timezone.localdate().year, len(of_place)))
        for row in of_place:
            case = Case(
                citizen=citizens[row.who],
                municipality=place,
                number=next(numbers),
                unit=intake,
                opened_on=row.values["admitted_on"],
            )
            cases[row.who, place.pk] = case
            fresh.append(case)
    _write(Case, fresh, actor)
    with_unit = [case for case in fresh if case.unit is not None]
    for unit in {case.unit for case in with_unit if case.unit is not None}:
        grant_cases(
            [case for case in with_unit if case.unit == unit],
            unit,
            FULL,
            reason=RESPONSIBLE,
            actor=actor,
        )
    return cases, set(fresh)


def _notices(rows: Sequence[StayRow], stays: Sequence[Stay], actor: User | None) -> None:
    """An admission's notice when the stay goes on, or when the file says when it was sent."""
    notices = []
    chosen = choices_by_municipality({row.municipality.pk for row in rows})
    for row, stay in zip(rows, stays, strict=True):
        notified = row.values["notified_on"]
        calendar = chosen[row.municipality.pk].calendar
        if stay.discharged_on is None or notified is not None:
            notices.append(
                Notice(
                    stay=stay,
                    kind=NoticeKind.ADMISSION,
                    municipality=row.municipality,
                    decided_on=stay.admitted_on,
                    due_on=rules.notice_due_on(NoticeKind.ADMISSION, stay.admitted_on, calendar),
                    sent_at=_noon(notified) if notified else None,
                    answer_due_on=rules.answer_due_on(notified, calendar) if notified else None,
                )
            )
    _write(Notice, notices, actor)


def _grants(stays: Sequence[Stay], shelter: Shelter, actor: User | None) -> None:
    """The shelter sees those who stay; those who have left it no longer sees."""
    running = [stay.case for stay in stays if stay.discharged_on is None]
    grant_cases(running, shelter.unit, RESIDENCE, reason=STAY_GRANT, actor=actor)
    today = timezone.localdate()
    for stay in stays:
        if stay.discharged_on == today and stay.case not in running:
            grant_cases([stay.case], shelter.unit, RESIDENCE, reason=STAY_GRANT, actor=actor)
            end_unit_grants(stay.case, shelter.unit, last_day=today, reason=STAY_GRANT)


def _situations(stays: Sequence[Stay], opened: Collection[Case], actor: User | None) -> None:
    """Where the citizens slept: all of it in cases the file opened; else only while they stay."""
    told: dict[tuple[int, date], SituationRecord] = {}
    for stay in sorted(stays, key=lambda stay: stay.admitted_on):
        if stay.case in opened:
            told[stay.case_id, stay.admitted_on] = SituationRecord(
                case=stay.case,
                situation=Situation.SHELTER,
                starts_on=stay.admitted_on,
                ends_on=stay.discharged_on,
                source=Source.STAY,
            )
        elif stay.discharged_on is None:
            situation_begin(
                case=stay.case,
                situation=Situation.SHELTER,
                starts_on=stay.admitted_on,
                source=Source.STAY,
                actor=actor,
            )
    _write(SituationRecord, list(told.values()), actor)


def _events(stays: Iterable[Stay], shelter: Shelter, actor: User | None) -> None:
    happened: list[tuple[str, Stay, datetime, dict[str, Any]]] = []
    for stay in stays:
        happened.append((STAY_ADMITTED, stay, _noon(stay.admitted_on), {"place": shelter.name}))
        if stay.discharged_on is not None:
            data = {
                "place": shelter.name,
                "to": stay.discharge_to,
                "days": (stay.discharged_on - stay.admitted_on).days,
            }
            happened.append((STAY_DISCHARGED, stay, _noon(stay.discharged_on), data))
    record_many(
        [(kind, stay.case, stay.reference, at, data) for kind, stay, at, data in happened],
        actor=actor,
    )


def _noon(day: date) -> datetime:
    """Noon of the day, or now when that is yet to come."""
    return min(datetime.combine(day, time(12), COPENHAGEN), timezone.now())


def _write(model: type[Model], rows: Sequence[Model], actor: User | None) -> None:
    for at in range(0, len(rows), BATCH):
        bulk_create_with_history(
            rows[at : at + BATCH], model, default_user=actor, default_change_reason="import"
        )
