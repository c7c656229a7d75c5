"""How an offer ends: yes, no, taken back, silence."""

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
    LeaseBeforeAvailable,
    OfferHasExpired,
    OfferIsOver,
    ReasonNotTheirs,
)
from housing.allocation.events import (
    OFFER_ACCEPTED,
    OFFER_DECLINED,
    OFFER_WITHDRAWN,
)
from housing.allocation.models import Offer
from housing.allocation.services.referrals import ALLOCATION_AFTER_LEASE, end_allocation_grants
from housing.supply.enums import VacancyEnd
from housing.supply.models import Vacancy
from housing.supply.services import vacancy_close
from housing.tenancies.services import tenancy_start
from housingfirst.access.enums import Act
from housingfirst.base.db import save_as
from housingfirst.events.services import record
from housingfirst.law.days import copenhagen_date
from housingfirst.ui import words

if TYPE_CHECKING:
    from housing.tenancies.models import Tenancy
    from housingfirst.access.models import User
    from housingfirst.events.models import Event


from housing.allocation.services.held import (
    end_offer,
    expire_due,
    locked_offer,
    locked_referral,
    locked_vacancy,
)


@transaction.atomic
def offer_accept(
    *, offer: Offer, starts_on: date, actor: User, version: int | None = None
) -> Tenancy:
    """The citizen says yes: the lease begins `starts_on`, the vacancy is let, the wait is over.

    Raises OfferIsOver, OfferHasExpired, CaseIsClosed, LeaseBeforeAvailable, StaleVersion, and
    what `tenancy_start` refuses.
    """
    require_on(actor, offer.case, Act.OFFER_ANSWER)
    offer, vacancy = _answering(offer)
    case = offer.case
    if starts_on < vacancy.available_from:
        raise LeaseBeforeAvailable(day=words.day_as_typed(vacancy.available_from))
    today = end_offer(offer, OfferStatus.ACCEPTED, actor, version=version)
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
    referral = locked_referral(offer.referral_id)
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
    require_on(actor, offer.case, Act.OFFER_ANSWER, also_closed=True)
    offer, _vacancy = _answering(offer)
    if reason not in DECLINE_REASONS[declined_by]:
        raise ReasonNotTheirs(who=declined_by.label)
    offer.declined_by = declined_by
    offer.decline_reason = reason
    offer.remark = remark
    end_offer(offer, OfferStatus.DECLINED, actor)
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
        require_on(actor, offer.case, Act.OFFER_MAKE, also_closed=True)
    locked_vacancy(offer.vacancy_id)
    offer = locked_offer(offer.pk)
    _require_live(offer)
    offer.withdraw_reason = reason
    offer.remark = remark
    end_offer(offer, OfferStatus.WITHDRAWN, actor)
    record(OFFER_WITHDRAWN, actor=actor, case=offer.case, subject=offer.reference, reason=reason)


def vacancy_closed(event: Event) -> None:
    """A vacancy was returned or withdrawn: the offer that held it goes with it."""
    if event.subject is None:
        return
    # One that expires at this moment is waited for, and then it is not live any more.
    held = Offer.objects.live().filter(vacancy__reference=event.subject).select_related("case")
    for offer in held.select_for_update(of=("self",)):
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
            ended += expire_due(now, Q(pk=pk))
    return ended


def _answering(offer: Offer) -> tuple[Offer, Vacancy]:
    """The offer and its vacancy, locked, when it can still be answered."""
    vacancy = locked_vacancy(offer.vacancy_id)
    offer = locked_offer(offer.pk)
    _require_live(offer)
    now = timezone.now()
    if offer.answer_by <= now:
        moment = words.moment(offer.answer_by, today=copenhagen_date(now))
        raise OfferHasExpired(moment=moment)
    return offer, vacancy


def _require_live(offer: Offer) -> None:
    if offer.status != OfferStatus.LIVE:
        raise OfferIsOver(status=words.inside(OfferStatus(offer.status).label))
