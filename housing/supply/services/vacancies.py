"""Writes about the vacancies that are reported."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from housing.supply.enums import VacancyEnd
from housing.supply.errors import (
    AnswerBeforeReport,
    ClosedBeforeReport,
    VacancyIsClosed,
    VacancyIsOpen,
    VacancyKeyTaken,
)
from housing.supply.events import VACANCY_CHANGED, VACANCY_CLOSED, VACANCY_REPORTED
from housing.supply.models import Dwelling, Vacancy
from housing.supply.rent import settle
from housing.supply.services.places import require_for
from housingfirst.access.enums import Act
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record
from housingfirst.law.days import copenhagen_date
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words

if TYPE_CHECKING:
    from housingfirst.access.models import User


@transaction.atomic
def vacancy_report(
    *,
    dwelling: Dwelling,
    reported_on: date,
    available_from: date,
    actor: User | None,
    answer_by: datetime | None = None,
    vacancy_rent_from: date | None = None,
    rent_dkk: Decimal | None = None,
    deposit_dkk: Decimal | None = None,
    remark: str = "",
    form_key: UUID | None = None,
    external_id: str = "",
    is_given: bool = True,
) -> Vacancy:
    """The dwelling is vacant. Rent and deposit are the dwelling's own unless named.

    `answer_by` and `vacancy_rent_from` are what was agreed; without them the rule holds.
    The same `form_key` twice gives the first vacancy. Raises VacancyIsOpen when the dwelling is
    reported already, VacancyKeyTaken for a key that was used for another, AnswerBeforeReport.
    """
    require_for(actor, dwelling.estate, Act.VACANCY_REPORT)
    if (earlier := _sent_before(form_key, dwelling)) is not None:
        return earlier
    vacancy = Vacancy(
        dwelling=dwelling,
        municipality_id=dwelling.estate.area.municipality_id,
        reported_on=reported_on,
        reported_by=actor,
        available_from=available_from,
        answer_agreed_by=answer_by,
        rent_agreed_from=vacancy_rent_from,
        rent_dkk=dwelling.rent_dkk if rent_dkk is None else rent_dkk,
        deposit_dkk=dwelling.deposit_dkk if deposit_dkk is None else deposit_dkk,
        remark=remark,
        form_key=form_key,
        external_id=external_id,
    )
    _check_answer(vacancy)
    if is_given:
        settle(vacancy, choices_of(vacancy.municipality_id))
    else:
        vacancy.answer_agreed_by = vacancy.rent_agreed_from = None
        vacancy.closed_on, vacancy.ended = reported_on, VacancyEnd.KEPT
    try:
        with constraint_as(
            {
                "housing_vacancy_one_open_per_dwelling": VacancyIsOpen,
                "housing_vacancy_form_key_key": VacancyKeyTaken,
            }
        ):
            save_as(actor, vacancy)
    except (VacancyIsOpen, VacancyKeyTaken):
        # Of two presses at once, the second finds here what the first one saved.
        if (earlier := _sent_before(form_key, dwelling)) is not None:
            return earlier
        raise
    record(
        VACANCY_REPORTED,
        actor=actor,
        subject=vacancy.reference,
        rooms=dwelling.rooms,
        rent=vacancy.rent_dkk,
    )
    return vacancy


@transaction.atomic
def vacancy_change(
    *,
    vacancy: Vacancy,
    available_from: date,
    answer_by: datetime | None,
    vacancy_rent_from: date | None,
    rent_dkk: Decimal,
    deposit_dkk: Decimal,
    remark: str,
    actor: User | None,
    version: int | None = None,
) -> Vacancy:
    """Correct an open vacancy. An offer already made keeps its own deadline.

    `answer_by` and `vacancy_rent_from` are what was agreed; without them the rule holds.

    Raises VacancyIsClosed, AnswerBeforeReport, StaleVersion.
    """
    require_for(actor, vacancy.dwelling.estate, Act.VACANCY_REPORT)
    _require_open(vacancy)
    vacancy.available_from = available_from
    vacancy.answer_agreed_by = answer_by
    vacancy.rent_agreed_from = vacancy_rent_from
    vacancy.rent_dkk = rent_dkk
    vacancy.deposit_dkk = deposit_dkk
    vacancy.remark = remark
    _check_answer(vacancy)
    settle(vacancy, choices_of(vacancy.municipality_id))
    save_as(actor, vacancy, version=version)
    record(VACANCY_CHANGED, actor=actor, subject=vacancy.reference)
    return vacancy


@transaction.atomic
def vacancy_close(
    *,
    vacancy: Vacancy,
    ended: VacancyEnd,
    closed_on: date,
    actor: User | None,
    remark: str = "",
    lease_from: date | None = None,
) -> None:
    """The dwelling is let, returned or withdrawn; a live offer of it is withdrawn by the event.

    Vacancy rent stops the day before `lease_from`, else on `closed_on`. Raises VacancyIsClosed,
    ClosedBeforeReport.
    """
    if ended != VacancyEnd.LET:  # letting follows from an accepted offer, checked there
        require_for(actor, vacancy.dwelling.estate, Act.VACANCY_REPORT)
    vacancy = (
        Vacancy.objects.select_for_update(of=("self",))
        .select_related("dwelling__estate__area")
        .get(pk=vacancy.pk)
    )
    _require_open(vacancy)
    if closed_on < vacancy.reported_on:
        raise ClosedBeforeReport(day=words.day_as_typed(vacancy.reported_on))
    vacancy.closed_on = closed_on
    vacancy.ended = ended
    vacancy.vacancy_rent_through = lease_from - timedelta(days=1) if lease_from else closed_on
    if remark:
        vacancy.remark = remark
    save_as(actor, vacancy, reason=ended)
    record(VACANCY_CLOSED, actor=actor, subject=vacancy.reference, ended=ended)


def _sent_before(form_key: UUID | None, dwelling: Dwelling) -> Vacancy | None:
    if form_key is None:
        return None
    return Vacancy.objects.filter(form_key=form_key, dwelling=dwelling).first()


def _require_open(vacancy: Vacancy) -> None:
    if vacancy.closed_on is not None:
        raise VacancyIsClosed(day=words.day_as_typed(vacancy.closed_on))


def _check_answer(vacancy: Vacancy) -> None:
    agreed = vacancy.answer_agreed_by
    if agreed and copenhagen_date(agreed) < vacancy.reported_on:
        raise AnswerBeforeReport(day=words.day_as_typed(vacancy.reported_on))
