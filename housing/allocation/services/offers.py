"""Making an offer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.access import require_on
from housing.allocation.enums import (
    ReferralStatus,
)
from housing.allocation.errors import (
    AnswerAfterVacancy,
    AnswerInThePast,
    CitizenHasOffer,
    DwellingTaken,
    OtherMunicipality,
    ReasonNeeded,
    ReferralNotWaiting,
    VacancyNotOpen,
    ViewingAfterAnswer,
)
from housing.allocation.events import (
    OFFER_MADE,
)
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.selectors.queue import first_fitting, match_of
from housing.allocation.snapshot import to_json
from housing.supply.models import Vacancy, municipality_ids
from housingfirst.access.enums import Act
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record
from housingfirst.law.days import copenhagen_date
from housingfirst.ui import words

if TYPE_CHECKING:
    from housingfirst.access.models import User


from housing.allocation.services.held import expire_due, locked_referral, locked_vacancy


@transaction.atomic
def offer_make(
    *,
    vacancy: Vacancy,
    referral: HousingReferral,
    answer_by: datetime,
    actor: User,
    viewing_at: datetime | None = None,
    why_not_first: str = "",
    ask_deposit_loan: bool = False,
) -> Offer:
    """Hold the dwelling for the citizen until `answer_by`; the others stay in the queue.

    Raises DwellingTaken or CitizenHasOffer (who did it and when), ReasonNeeded unless the citizen
    is the first whom the dwelling fits, VacancyNotOpen, ReferralNotWaiting, OtherMunicipality,
    AnswerInThePast, AnswerAfterVacancy, ViewingAfterAnswer, NotPermitted.
    """
    require_on(actor, referral.case, Act.OFFER_MAKE)
    if vacancy.municipality_id not in municipality_ids(actor):
        raise NotPermitted
    now = timezone.now()
    today = copenhagen_date(now)
    vacancy = locked_vacancy(vacancy.pk)
    expire_due(now, Q(dwelling=vacancy.dwelling_id) | Q(case=referral.case_id))
    _refuse_if_held(vacancy, referral, today)
    referral = locked_referral(referral.pk)
    if vacancy.closed_on is not None:
        raise VacancyNotOpen
    if referral.status != ReferralStatus.WAITING:
        raise ReferralNotWaiting
    if referral.municipality_id != vacancy.municipality_id:
        raise OtherMunicipality
    _check_times(vacancy, answer_by, viewing_at, now)
    if not why_not_first.strip() and first_fitting(vacancy, actor, today) != referral.pk:
        raise ReasonNeeded
    offer = Offer(
        referral=referral,
        case=referral.case,
        vacancy=vacancy,
        dwelling=vacancy.dwelling,
        offered_at=now,
        offered_by=actor,
        answer_by=answer_by,
        viewing_at=viewing_at,
        why_not_first=why_not_first.strip(),
        match=to_json(match_of(referral, vacancy, today)),
    )
    try:
        with constraint_as(
            {
                "housing_offer_one_live_per_dwelling": DwellingTaken,
                "housing_offer_one_live_per_case": CitizenHasOffer,
            }
        ):
            save_as(actor, offer)
    except (DwellingTaken, CitizenHasOffer):
        # Without our lock: what the constraint stopped is there to be read now.
        _refuse_if_held(vacancy, referral, today)
        raise
    record(
        OFFER_MADE,
        actor=actor,
        case=referral.case,
        subject=offer.reference,
        ask_deposit_loan=ask_deposit_loan,
        answer_by=answer_by,
        rent=vacancy.rent_dkk,
        deposit=vacancy.deposit_dkk,
        place=vacancy.dwelling.address,
    )
    return offer


def _refuse_if_held(vacancy: Vacancy, referral: HousingReferral, today: date) -> None:
    """Raise what holds the dwelling or the citizen, with who made that offer and when."""
    held = (
        Offer.objects.live()
        .filter(Q(dwelling=vacancy.dwelling_id) | Q(case=referral.case_id))
        .select_related("offered_by")
        .order_by("pk")
    )
    for offer in held:
        made = words.moment(offer.offered_at, today=today)
        if offer.case_id == referral.case_id:
            raise CitizenHasOffer(
                person=offer.offered_by.name,
                moment=made,
                until=words.moment(offer.answer_by, today=today),
            )
        raise DwellingTaken(person=offer.offered_by.name, moment=made)


def _check_times(
    vacancy: Vacancy, answer_by: datetime, viewing_at: datetime | None, now: datetime
) -> None:
    if answer_by <= now:
        raise AnswerInThePast
    if vacancy.answer_by and vacancy.answer_by > now and answer_by > vacancy.answer_by:
        until = words.moment(vacancy.answer_by, today=copenhagen_date(now))
        raise AnswerAfterVacancy(until=until)
    if viewing_at and viewing_at > answer_by:
        raise ViewingAfterAnswer
