"""What readiness asks of housing and support: stays at § 110, homes, and decisions on § 85 a."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casework.models import Case
from housing.allocation.models import HousingReferral
from housing.shelters.enums import Section
from housing.shelters.models import DaysElsewhere, Stay
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housingfirst.law.support import ShelterPeriod
from housingfirst.ui import words
from support.enrolments.homes import Home
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision
from support.methods.wishes import ProviderWish

LOST: Final = (
    TenancyEnd.TERMINATED_LANDLORD,
    TenancyEnd.EVICTED,
    TenancyEnd.TERMINATED_TENANT,
)
"""How a home is lost; a move to another home and a death are no loss."""


@dataclass(frozen=True, slots=True)
class Shelters:
    """A citizen's stays at § 110 boforme. `staying` is the one that has not ended.

    `periods` are all their days, and `discharges` the days they ended, oldest first; those known
    from elsewhere are among both. `went_to_107_on` is the day a § 107 stay began directly after a
    § 110 stay.
    """

    staying: Stay | None
    periods: Sequence[ShelterPeriod]
    discharges: Sequence[date]
    went_to_107_on: date | None

    @property
    def has_any(self) -> bool:
        return self.staying is not None or bool(self.discharges)


def shelters_of(citizen_id: int) -> Shelters:
    """Two queries, whatever the number of stays."""
    stays = list(
        Stay.objects.filter(citizen=citizen_id).select_related("shelter").order_by("admitted_on")
    )
    at_110 = [stay for stay in stays if stay.shelter.section == Section.S110]
    ends = {stay.discharged_on for stay in at_110 if stay.discharged_on is not None}
    elsewhere = DaysElsewhere.objects.filter(citizen=citizen_id).values_list("starts_on", "ends_on")
    periods = [ShelterPeriod(stay.admitted_on, stay.discharged_on) for stay in at_110]
    periods += [ShelterPeriod(starts_on, ends_on) for starts_on, ends_on in elsewhere]
    directly = {day + timedelta(days=n) for day in ends for n in (0, 1)}
    moved = [
        stay.admitted_on
        for stay in stays
        if stay.shelter.section == Section.S107 and stay.admitted_on in directly
    ]
    return Shelters(
        staying=next((stay for stay in at_110 if stay.discharged_on is None), None),
        periods=periods,
        discharges=sorted(day for period in periods if (day := period.discharged_on) is not None),
        went_to_107_on=moved[-1] if moved else None,
    )


def decision_at(case: Case, discharged_on: date) -> SupportDecision | None:
    """The § 85 a decision that counts at a discharge on that day.

    The newest that was made before it and has not run out; else the first one made too late.
    """
    decisions = list(
        SupportDecision.objects.filter(case=case, section=SupportSection.S85A).order_by(
            "decided_on", "pk"
        )
    )
    in_time = [
        decision
        for decision in decisions
        if decision.decided_on < discharged_on
        and (decision.ends_on is None or decision.ends_on > discharged_on)
    ]
    late = [decision for decision in decisions if decision.decided_on >= discharged_on]
    return next(iter(in_time[::-1] or late), None)


def moves_to_place(case: Case, discharged_on: date) -> bool:
    """Whether a place under § 107, decided before the discharge, is there from that day or the
    next."""
    return SupportDecision.objects.filter(
        case=case,
        section=SupportSection.S107,
        decided_on__lt=discharged_on,
        starts_on__range=(discharged_on, discharged_on + timedelta(days=1)),
    ).exists()


def home_of_case(case: Case) -> Home:
    """The tenancy that runs or is agreed, and the last home that was lost."""
    tenancies = list(
        Tenancy.objects.filter(case=case).values_list("starts_on", "ends_on", "end_reason")
    )
    lost = [end for _start, end, reason in tenancies if end is not None and reason in LOST]
    return Home(
        starts_on=max((start for start, end, _why in tenancies if end is None), default=None),
        lost_on=max(lost, default=None),
    )


def wish_in_referral(case: Case) -> ProviderWish | None:
    """Who should give the support, as the newest referral says it."""
    referral = (
        HousingReferral.objects.filter(case=case)
        .exclude(support_wish="")
        .order_by("-created_at", "-pk")
        .first()
    )
    if referral is None:
        return None
    written = timezone.localtime(referral.sent_at or referral.created_at).date()
    day = words.day(written, today=timezone.localdate(), weekday=False)
    return ProviderWish(
        referral.support_wish, _("from the housing referral, %(day)s") % {"day": day}
    )
