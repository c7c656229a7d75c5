"""Writes about offers. Locks are taken in one order: vacancy, offer, referral."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.access import require_on
from housing.allocation.enums import (
    DECLINE_REASONS,
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    ReferralStatus,
    WithdrawReason,
)
from housing.allocation.errors import (
    AnswerAfterVacancy,
    AnswerInThePast,
    CitizenHasOffer,
    DwellingTaken,
    LeaseBeforeAvailable,
    OfferHasExpired,
    OfferIsOver,
    OtherMunicipality,
    ReasonNeeded,
    ReasonNotTheirs,
    ReferralNotWaiting,
    VacancyNotOpen,
    ViewingAfterAnswer,
)
from housing.allocation.events import (
    OFFER_ACCEPTED,
    OFFER_DECLINED,
    OFFER_EXPIRED,
    OFFER_MADE,
    OFFER_WITHDRAWN,
)
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.selectors.queue import first_fitting, match_of
from housing.allocation.services.referrals import ALLOCATION_AFTER_LEASE, end_allocation_grants
from housing.allocation.snapshot import to_json
from housing.supply.enums import VacancyEnd
from housing.supply.models import Vacancy, municipality_ids
from housing.supply.services import vacancy_close
from housing.tenancies.services import tenancy_start
from housingfirst.access.enums import Act
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record
from housingfirst.law.days import copenhagen_date
from housingfirst.ui import words

if TYPE_CHECKING:
    from housing.tenancies.models import Tenancy
    from housingfirst.access.models import User
    from housingfirst.events.models import Event


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
    vacancy = _locked_vacancy(vacancy.pk)
    _expire_due(now, Q(dwelling=vacancy.dwelling_id) | Q(case=referral.case_id))
    _refuse_if_held(vacancy, referral, today)
    referral = _locked_referral(referral.pk)
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


@transaction.atomic
def offer_accept(
    *, offer: Offer, starts_on: date, actor: User, version: int | None = None
) -> Tenancy:
    """The citizen says yes: the lease begins `starts_on`, the vacancy is let, the wait is over.

    Raises OfferIsOver, OfferHasExpired, LeaseBeforeAvailable, StaleVersion, and what
    `tenancy_start` refuses.
    """
    offer, vacancy = _answering(offer, actor)
    case = offer.case
    if starts_on < vacancy.available_from:
        raise LeaseBeforeAvailable(day=words.day_as_typed(vacancy.available_from))
    today = _end(offer, OfferStatus.ACCEPTED, actor, version=version)
    record(
        OFFER_ACCEPTED,
        actor=actor,
        case=case,
        subject=offer.reference,
        starts_on=starts_on,
        place=offer.dwelling.address,
    )
    tenancy = tenancy_start(
        case=case,
        dwelling=offer.dwelling,
        starts_on=starts_on,
        rent_dkk=vacancy.rent_dkk,
        deposit_dkk=vacancy.deposit_dkk,
        offer=offer,
        actor=actor,
    )
    vacancy_close(
        vacancy=vacancy,
        ended=VacancyEnd.LET,
        closed_on=max(today, vacancy.reported_on),
        lease_from=starts_on,
        actor=actor,
    )
    referral = _locked_referral(offer.referral_id)
    referral.status = ReferralStatus.HOUSED
    referral.ended_on = today
    save_as(actor, referral, reason="housed")
    end_allocation_grants(case, last_day=max(starts_on, today) + ALLOCATION_AFTER_LEASE)
    return tenancy


@transaction.atomic
def offer_decline(
    *,
    offer: Offer,
    declined_by: DeclinedBy,
    reason: DeclineReason,
    actor: User,
    remark: str = "",
) -> None:
    """Somebody says no, for a reason of theirs. It has no consequence for the citizen.

    `remark` says what would suit better. The dwelling is vacant again at once. Raises OfferIsOver,
    OfferHasExpired, ReasonNotTheirs.
    """
    offer, _vacancy = _answering(offer, actor)
    if reason not in DECLINE_REASONS[declined_by]:
        raise ReasonNotTheirs(who=declined_by.label)
    offer.declined_by = declined_by
    offer.decline_reason = reason
    offer.remark = remark
    _end(offer, OfferStatus.DECLINED, actor)
    record(
        OFFER_DECLINED,
        actor=actor,
        case=offer.case,
        subject=offer.reference,
        reason=reason,
        declined_by=declined_by,
    )


@transaction.atomic
def offer_withdraw(
    *, offer: Offer, reason: WithdrawReason, actor: User | None, remark: str = ""
) -> None:
    """The allocator takes the offer back. Raises OfferIsOver."""
    if actor is not None:
        require_on(actor, offer.case, Act.OFFER_MAKE)
    _locked_vacancy(offer.vacancy_id)
    offer = _locked_offer(offer.pk)
    _require_live(offer)
    offer.withdraw_reason = reason
    offer.remark = remark
    _end(offer, OfferStatus.WITHDRAWN, actor)
    record(OFFER_WITHDRAWN, actor=actor, case=offer.case, subject=offer.reference, reason=reason)


def vacancy_closed(event: Event) -> None:
    """A vacancy was returned or withdrawn: the offer that held it goes with it."""
    if event.subject is None:
        return
    held = Offer.objects.live().filter(vacancy__reference=event.subject).select_related("case")
    for offer in held:
        offer_withdraw(offer=offer, reason=WithdrawReason.DWELLING_GONE, actor=None)


def offers_expire(*, now: datetime) -> int:
    """End every live offer whose time has passed; each in a transaction of its own.

    Safe to run twice or late: a row that another run or an answer holds is left to it. Returns how
    many it ended.
    """
    due = Offer.objects.live().filter(answer_by__lte=now).order_by("answer_by", "pk")
    ended = 0
    for pk in due.values_list("pk", flat=True):
        with transaction.atomic():
            ended += _expire_due(now, Q(pk=pk))
    return ended


def _expire_due(now: datetime, which: Q) -> int:
    offers = list(
        Offer.objects.select_for_update(of=("self",), skip_locked=True)
        .live()
        .filter(which, answer_by__lte=now)
        .select_related("case__citizen")
    )
    for offer in offers:
        _end(offer, OfferStatus.EXPIRED, None)
        record(OFFER_EXPIRED, actor=None, case=offer.case, subject=offer.reference)
    return len(offers)


def _end(offer: Offer, status: OfferStatus, actor: User | None, version: int | None = None) -> date:
    """Write the end of the offer; returns the day."""
    now = timezone.now()
    offer.status = status
    offer.ended_at = now
    offer.ended_by = actor
    save_as(actor, offer, version=version, reason=status)
    return copenhagen_date(now)


def _answering(offer: Offer, actor: User) -> tuple[Offer, Vacancy]:
    """The offer and its vacancy, locked, when it can still be answered by `actor`."""
    require_on(actor, offer.case, Act.OFFER_ANSWER)
    vacancy = _locked_vacancy(offer.vacancy_id)
    offer = _locked_offer(offer.pk)
    _require_live(offer)
    now = timezone.now()
    if offer.answer_by <= now:
        moment = words.moment(offer.answer_by, today=copenhagen_date(now))
        raise OfferHasExpired(moment=moment)
    return offer, vacancy


def _require_live(offer: Offer) -> None:
    if offer.status != OfferStatus.LIVE:
        raise OfferIsOver(status=words.inside(OfferStatus(offer.status).label))


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


def _locked_vacancy(pk: int) -> Vacancy:
    return (
        Vacancy.objects.select_for_update(of=("self",))
        .select_related("dwelling__estate__area")
        .get(pk=pk)
    )


def _locked_offer(pk: int) -> Offer:
    return (
        Offer.objects.select_for_update(of=("self",))
        .select_related("case__citizen", "dwelling", "vacancy")
        .get(pk=pk)
    )


def _locked_referral(pk: int) -> HousingReferral:
    return (
        HousingReferral.objects.select_for_update(of=("self",))
        .select_related("case__citizen")
        .get(pk=pk)
    )
