"""Admission: the shelter's leader decides (SEL § 110, stk. 4), and the rest follows by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import ParamSpec
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cases.casework.enums import Situation, Source
from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.services import case_for_stay
from cases.casework.situations import situation_begin
from cases.citizens.cpr import Cpr
from cases.citizens.models import Citizen
from cases.citizens.services import citizen_register, citizen_with_cpr, citizens_hold, cpr_set
from housing.shelters import rules
from housing.shelters.access import require_at
from housing.shelters.clock import clocks_refresh
from housing.shelters.enums import AcuteNeed, AdmissionRoute, NoticeKind
from housing.shelters.errors import (
    AdmissionInFuture,
    BedNotUsable,
    BedTaken,
    ExternalIdTaken,
    NotSamePerson,
    PaymentAboveRate,
    RateUnknown,
    SentBefore,
    StayOverlaps,
)
from housing.shelters.events import STAY_ADMITTED
from housing.shelters.models import Bed, Notice, Shelter, Stay
from housing.shelters.selectors.citizens import similar_citizens
from housingfirst.access.models import Municipality, User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError
from housingfirst.events.services import record
from housingfirst.lawbook.selectors import choices_of

STAY_GRANT = "stay"
"""The reason of the grants that a shelter holds while the citizen stays there."""

REFUSALS: dict[str, type[DomainError] | DomainError] = {
    "housing_stay_no_overlap": StayOverlaps,
    "housing_stay_bed_once_at_a_time": BedTaken,
    "housing_stay_payment_within_rate": PaymentAboveRate,
    "housing_stay_form_key_key": SentBefore,
    "housing_stay_external_id_unique": ExternalIdTaken,
}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who stands at the door: a CPR number, or a name with a date of birth.

    `same_as` is the registered citizen that a person without CPR number was recognised as.
    """

    name: str = ""
    cpr: Cpr | None = None
    birth_date: date | None = None
    same_as: Citizen | None = None


P = ParamSpec("P")


def sent_once(admit: Callable[P, Stay]) -> Callable[P, Stay]:
    """One transaction; a `form_key` that led to a stay before gives that stay, and admits nobody.

    Also when two presses come at once: what the first one saved is in the way of the second.
    """

    @wraps(admit)
    def once(*args: P.args, **kwargs: P.kwargs) -> Stay:
        key = kwargs.get("form_key")
        with transaction.atomic():
            if (earlier := _sent_before(key)) is not None:
                return earlier
            try:
                with transaction.atomic():
                    return admit(*args, **kwargs)
            except DomainError:
                if (earlier := _sent_before(key)) is not None:
                    return earlier
                raise

    return once


def _sent_before(key: object) -> Stay | None:
    return Stay.objects.filter(form_key=key).first() if isinstance(key, UUID) else None


@sent_once
def stay_admit(
    *,
    shelter: Shelter,
    citizen: Citizen | Newcomer,
    municipality: Municipality,
    admitted_on: date,
    route: AdmissionRoute,
    need: AcuteNeed,
    reason: str,
    actor: User | None,
    admitted_at: datetime | None = None,
    bed: Bed | None = None,
    keeps_own_home: bool = False,
    daily_rate_dkk: Decimal | None = None,
    resident_payment_dkk: Decimal | None = None,
    form_key: UUID | None = None,
    external_id: str = "",
) -> Stay:
    """Admit the citizen; `municipality` is the acting one (RSL § 9), who gets the notice.

    A newcomer with a known CPR number is linked without a word: whose number it is may not be the
    shelter's business. The rate and the resident's payment are the shelter's of the day unless
    given; one who keeps an own home pays nothing. Opens the case if there is none, and gives the
    shelter access to it while the citizen stays. The same `form_key` again gives the stay it led
    to.

    Raises AdmissionInFuture, RateUnknown, PaymentAboveRate, BedNotUsable, BedTaken, StayOverlaps,
    and NotSamePerson for a newcomer who does not resemble `same_as`.
    """
    require_at(actor, shelter)
    now = timezone.now()
    today = timezone.localdate(now)
    if admitted_on > today or (admitted_at is not None and admitted_at > now):
        raise AdmissionInFuture
    if isinstance(citizen, Newcomer):
        citizen = _citizen(citizen, actor)
    # The citizen's admissions, and those to the bed, wait for each other here.
    citizens_hold([citizen.pk])
    check_bed(bed, shelter)
    rate, payment = _price(
        shelter, admitted_on, keeps_own_home, daily_rate_dkk, resident_payment_dkk
    )
    case = case_for_stay(citizen=citizen, municipality=municipality, on=admitted_on, actor=actor)
    stay = Stay(
        citizen=citizen,
        case=case,
        shelter=shelter,
        bed=bed,
        admitted_on=admitted_on,
        admitted_at=admitted_at,
        route=route,
        need=need,
        reason=reason,
        daily_rate_dkk=rate,
        resident_payment_dkk=payment,
        keeps_own_home=keeps_own_home,
        registered_by=actor,
        form_key=form_key,
        external_id=external_id,
    )
    with constraint_as(REFUSALS):
        save_as(actor, stay)
    _follow(stay, actor)
    clocks_refresh([citizen.pk], today)
    record(
        STAY_ADMITTED,
        actor=actor,
        case=case,
        subject=stay.reference,
        at=admitted_at or rules.moment_of(admitted_on, now),
        place=shelter.name,
    )
    return stay


def _follow(stay: Stay, actor: User | None) -> None:
    """What happens by itself: the shelter's access, where the citizen sleeps, the notice."""
    grant_unit(stay.case, stay.shelter.unit, RESIDENCE, reason=STAY_GRANT, actor=actor)
    situation_begin(
        case=stay.case,
        situation=Situation.SHELTER,
        starts_on=stay.admitted_on,
        source=Source.STAY,
        actor=actor,
    )
    notice = Notice(
        stay=stay,
        kind=NoticeKind.ADMISSION,
        municipality=stay.case.municipality,
        decided_on=stay.admitted_on,
        due_on=rules.notice_due_on(
            NoticeKind.ADMISSION,
            stay.admitted_on,
            choices_of(stay.case.municipality_id).calendar,
        ),
    )
    save_as(actor, notice)


def _citizen(newcomer: Newcomer, actor: User | None) -> Citizen:
    cpr, same_as = newcomer.cpr, newcomer.same_as
    if cpr is not None and (known := citizen_with_cpr(cpr)) is not None:
        return known
    born = cpr.birth_date if cpr and cpr.birth_date else newcomer.birth_date
    if same_as is None:
        return citizen_register(name=newcomer.name, cpr=cpr, birth_date=born, actor=actor)
    if same_as not in similar_citizens(newcomer.name, born) or (cpr and same_as.has_cpr):
        raise NotSamePerson
    if cpr is not None:
        cpr_set(citizen=same_as, cpr=cpr, actor=actor, version=same_as.version)
    return same_as


def check_bed(bed: Bed | None, shelter: Shelter) -> None:
    """Hold the bed until the transaction ends. Raises BedNotUsable."""
    if bed is None:
        return
    locked = Bed.objects.select_for_update(of=("self",)).select_related("room").get(pk=bed.pk)
    if not locked.in_use or locked.room.shelter_id != shelter.pk:
        raise BedNotUsable


def _price(
    shelter: Shelter,
    on: date,
    keeps_own_home: bool,
    daily_rate_dkk: Decimal | None,
    resident_payment_dkk: Decimal | None,
) -> tuple[Decimal, Decimal]:
    """The rate and the resident's payment per day. Raises RateUnknown."""
    usual = shelter.rates.filter(valid_from__lte=on).order_by("-valid_from").first()
    if daily_rate_dkk is None:
        if usual is None:
            raise RateUnknown
        daily_rate_dkk = usual.daily_rate_dkk
    if resident_payment_dkk is None:
        if keeps_own_home:
            resident_payment_dkk = Decimal(0)
        elif usual is None:
            raise RateUnknown
        else:
            resident_payment_dkk = usual.resident_payment_dkk
    return daily_rate_dkk, resident_payment_dkk
