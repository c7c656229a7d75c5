"""Writes about referrals and the papers they need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from cases.access import may_on, require_on, require_open
from cases.casework.grants import ALLOCATION, end_unit_grants, grant_unit
from cases.casework.journal import wish_say
from housing.allocation.enums import (
    ALWAYS_NEEDED,
    OfferStatus,
    PaperKind,
    ReferralEnd,
    ReferralStatus,
)
from housing.allocation.errors import (
    AreaBothWays,
    AreaTwice,
    HasLiveOffer,
    NoEarlierHome,
    OtherMunicipality,
    PaperReceivedEarlier,
    ReferralHasEnded,
    ReferralIsOpen,
    ReferralIsSent,
)
from housing.allocation.events import (
    PAPER_RECEIVED,
    REFERRAL_CHANGED,
    REFERRAL_SENT,
    REFERRAL_WITHDRAWN,
)
from housing.allocation.models import AreaWish, HousingReferral, ReferralPaper
from housing.allocation.services.values import (
    COLUMNS,
    PaperValue,
    ReferralValues,
    values_of,
)
from housingfirst.access.enums import Act, UnitKind
from housingfirst.access.models import Unit
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record
from housingfirst.law.days import add_working_days, copenhagen_date
from housingfirst.lawbook.selectors import choices_of

if TYPE_CHECKING:
    from cases.models import Case
    from housingfirst.access.models import User

REFERRED: Final = "housing referral"
"""The reason of the grants that the allocators hold."""
PAPER_WORKING_DAYS: Final = 5
"""When a missing paper is due after the referral was sent: a local service target."""
ALLOCATION_AFTER_LEASE: Final = timedelta(days=90)
"""How long after the lease begins the allocators still see what finding the home needed."""


@transaction.atomic
def referral_save(
    *,
    case: Case,
    values: ReferralValues,
    actor: User | None,
    referral: HousingReferral | None = None,
    version: int | None = None,
) -> HousingReferral:
    """A new draft, or a change of a draft or of a referral that is waiting.

    Raises ReferralIsOpen when the case has another open referral, ReferralHasEnded, CaseIsClosed,
    StaleVersion, AreaTwice, AreaBothWays.
    """
    if actor is not None:
        require_on(actor, case, Act.REFERRAL_WRITE)
    require_open(case)
    _check_areas(case, values)
    if referral is None:
        referral = HousingReferral(case=case, municipality_id=case.municipality_id)
    elif referral.status not in (ReferralStatus.DRAFT, ReferralStatus.WAITING):
        raise ReferralHasEnded
    for name in COLUMNS:
        setattr(referral, name, getattr(values, name))
    with constraint_as({"housing_referral_one_open_per_case": ReferralIsOpen}):
        save_as(actor, referral, version=version)
    _set_areas(referral, values)
    _set_papers(referral, values, actor)
    if referral.status == ReferralStatus.WAITING:
        record(REFERRAL_CHANGED, actor=actor, case=case, subject=referral.reference)
    return referral


@transaction.atomic
def referral_send(*, referral: HousingReferral, actor: User | None) -> None:
    """Send it to the municipality's allocators, complete or not. The wait counts from today.

    A referral that continues an earlier one keeps that one's wait. What is missing becomes papers
    due in five working days. Raises ReferralIsSent, NotPermitted.
    """
    case = referral.case
    if actor is not None:
        require_on(actor, case, Act.REFERRAL_WRITE)
    if referral.status != ReferralStatus.DRAFT:
        raise ReferralIsSent
    now = timezone.now()
    today = copenhagen_date(now)
    referral.status = ReferralStatus.WAITING
    referral.sent_at = now
    referral.sent_by = actor
    referral.waits_from = referral.waits_from or today
    save_as(actor, referral, reason="sent")
    for kind in ALWAYS_NEEDED:
        ReferralPaper.objects.get_or_create(referral=referral, kind=kind)
    missing = _set_due(referral, today, actor)
    _keep_wish(referral, today, actor)
    for unit in _allocation_units(case):
        grant_unit(case, unit, ALLOCATION, reason=REFERRED, actor=actor)
    record(
        REFERRAL_SENT,
        actor=actor,
        case=case,
        subject=referral.reference,
        missing=missing,
        waits_from=referral.waits_from,
    )


@transaction.atomic
def referral_withdraw(*, referral: HousingReferral, reason: ReferralEnd, actor: User) -> None:
    """The citizen no longer waits. Raises ReferralHasEnded, and HasLiveOffer while one is open."""
    case = referral.case
    require_on(actor, case, Act.REFERRAL_WRITE, also_closed=True)
    referral = HousingReferral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if referral.status not in (ReferralStatus.DRAFT, ReferralStatus.WAITING):
        raise ReferralHasEnded
    if referral.offers.filter(status=OfferStatus.LIVE).exists():
        raise HasLiveOffer
    was_sent = referral.status == ReferralStatus.WAITING
    today = copenhagen_date(timezone.now())
    referral.status = ReferralStatus.WITHDRAWN
    referral.ended_on = today
    referral.end_reason = reason
    save_as(actor, referral, reason=reason)
    if was_sent:
        end_allocation_grants(case, last_day=today)
        record(
            REFERRAL_WITHDRAWN, actor=actor, case=case, subject=referral.reference, reason=reason
        )


@transaction.atomic
def referral_again(*, case: Case, actor: User) -> HousingReferral:
    """A draft after a lost home: the wishes of the last referral, and its wait (H2).

    Nothing is asked about why the home was lost. The citizen's papers come along, except the
    income, which may have changed. Raises ReferralIsOpen; NoEarlierHome when no referral of the
    case led to a home.
    """
    require_on(actor, case, Act.REFERRAL_WRITE)
    earlier = (
        HousingReferral.objects.filter(case=case, status=ReferralStatus.HOUSED)
        .order_by("-ended_on", "-pk")
        .first()
    )
    if earlier is None:
        raise NoEarlierHome
    values = values_of(earlier)
    papers: dict[PaperKind, PaperValue] = {
        kind: paper
        for kind, paper in values.papers.items()
        if kind != PaperKind.INCOME and paper.received_on
    }
    referral = referral_save(case=case, values=replace(values, papers=papers), actor=actor)
    referral.waits_from = earlier.waits_from
    referral.continues = earlier
    save_as(actor, referral, reason="again")
    return referral


@transaction.atomic
def paper_receive(*, paper: ReferralPaper, received_on: date, actor: User) -> None:
    """The paper has come: its task is done. Raises PaperReceivedEarlier, CaseIsClosed."""
    case = paper.referral.case
    if not (may_on(actor, case, Act.REFERRAL_WRITE) or may_on(actor, case, Act.OFFER_MAKE)):
        raise NotPermitted
    require_open(case)
    paper = ReferralPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.received_on is not None:
        raise PaperReceivedEarlier
    paper.received_on = received_on
    save_as(actor, paper)
    record(PAPER_RECEIVED, actor=actor, case=case, subject=paper.reference, paper=paper.kind)


def _keep_wish(referral: HousingReferral, today: date, actor: User | None) -> None:
    """What the citizen wishes is the case's wish too, unless it is there already (H8)."""
    case = referral.case
    if not referral.wish_words or actor is None or not may_on(actor, case, Act.NOTE_WRITE):
        return
    newest = case.wishes.order_by("-said_on", "-pk").first()
    if newest is None or newest.words.strip() != referral.wish_words.strip():
        wish_say(case=case, words=referral.wish_words, said_on=today, actor=actor)


def end_allocation_grants(case: Case, *, last_day: date) -> None:
    """Let the allocators' own grants on the case end after `last_day`."""
    for unit in _allocation_units(case):
        end_unit_grants(case, unit, last_day=last_day, reason=REFERRED)


def _allocation_units(case: Case) -> list[Unit]:
    return list(
        Unit.objects.filter(municipality=case.municipality_id, kind=UnitKind.ALLOCATION)
        .select_related("group")
        .order_by("pk")
    )


def _check_areas(case: Case, values: ReferralValues) -> None:
    chosen = [*values.areas, *values.unfit_areas]
    if any(area.municipality_id != case.municipality_id for area in chosen):
        raise OtherMunicipality
    for area in values.areas:
        if values.areas.count(area) > 1:
            raise AreaTwice(area=area.name)
        if area in values.unfit_areas:
            raise AreaBothWays(area=area.name)


def _set_areas(referral: HousingReferral, values: ReferralValues) -> None:
    """Write the areas only where they differ: a changed list of many-to-many leaves history."""
    wanted = [area.pk for area in values.areas]
    if wanted != list(referral.area_wishes.values_list("area", flat=True)):
        referral.area_wishes.all().delete()
        AreaWish.objects.bulk_create(
            AreaWish(referral=referral, area=area, rank=rank)
            for rank, area in enumerate(values.areas, start=1)
        )
    unfit = {area.pk for area in values.unfit_areas}
    if unfit != set(referral.unfit_areas.values_list("pk", flat=True)):
        referral.unfit_areas.set(values.unfit_areas)


def _set_papers(referral: HousingReferral, values: ReferralValues, actor: User | None) -> None:
    """Bring the papers in line; one that is no longer needed goes, unless it has come."""
    known = {PaperKind(paper.kind): paper for paper in referral.papers.all()}
    for kind, paper in known.items():
        if kind not in values.papers and paper.received_on is None and kind not in ALWAYS_NEEDED:
            paper.delete()
    for kind, value in values.papers.items():
        paper = known.get(kind) or ReferralPaper(referral=referral, kind=kind)
        if kind not in known or (paper.received_on, paper.responsible_id) != _wanted(value):
            paper.received_on = value.received_on
            paper.responsible = value.responsible
            save_as(actor, paper)
    if referral.status == ReferralStatus.WAITING:
        _set_due(referral, copenhagen_date(timezone.now()), actor)


def _wanted(value: PaperValue) -> tuple[date | None, int | None]:
    return value.received_on, value.responsible.pk if value.responsible else None


def _set_due(referral: HousingReferral, today: date, actor: User | None) -> int:
    """Give what is missing a day and a person; returns how many papers are missing."""
    missing = referral.papers.filter(received_on__isnull=True)
    due_on = add_working_days(
        today, PAPER_WORKING_DAYS, choices_of(referral.case.municipality_id).calendar
    )
    missing.filter(due_on__isnull=True).update(due_on=due_on)
    if actor is not None:
        missing.filter(responsible__isnull=True).update(responsible=actor)
    return missing.count()
