"""A waiting citizen as lists show one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.casework.enums import Situation
from cases.models import SituationRecord
from housing.allocation import order_wording, wording
from housing.allocation.enums import OfferStatus, Urgency
from housing.allocation.models import AreaWish, HousingReferral, Offer, ReferralPaper
from housing.allocation.rules import Group, Match
from housing.supply import wording as supply
from housingfirst.ui import words
from housingfirst.ui.parts import Severity

if TYPE_CHECKING:
    from cases.models import Citizen


@dataclass(frozen=True, slots=True)
class Waiting:
    """One who waits. `number` is the place in the order, None for those a dwelling does not fit.

    `refund` says the refund days left, or in a word where the citizen sleeps.
    """

    referral: HousingReferral
    number: int | None
    age: int | None
    waited: str
    refund: str
    refund_tone: str
    group: str
    severity: Severity = "line"
    verdict: str = ""
    note: str = ""
    url: str = ""
    is_selected: bool = False

    @property
    def citizen(self) -> Citizen:
        return self.referral.case.citizen

    @property
    def home(self) -> str:
        """ "1 voksen, mindst 2 rum" """
        referral = self.referral
        return _("%(household)s, at least %(rooms)s") % {
            "household": wording.household(referral.adults, referral.children),
            "rooms": supply.rooms(referral.rooms_min),
        }

    @property
    def is_urgent(self) -> bool:
        return self.referral.urgency == Urgency.URGENT

    @property
    def area_names(self) -> str:
        """The wished areas in order, or that any will do."""
        return ", ".join(self.referral.wished_names) or _("the whole municipality")


def with_row(referrals: QuerySet[HousingReferral], day: date) -> QuerySet[HousingReferral]:
    """What a row needs beyond the order: the citizen, wishes, papers, where she sleeps."""
    now = SituationRecord.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=day), case=OuterRef("case_id"), starts_on__lte=day
    ).order_by("-starts_on")
    missing = ReferralPaper.objects.filter(referral=OuterRef("pk"), received_on__isnull=True)
    live = Offer.objects.filter(case=OuterRef("case_id"), status=OfferStatus.LIVE)
    ended = (
        Offer.objects.filter(case=OuterRef("case_id"))
        .exclude(status__in=[OfferStatus.LIVE, OfferStatus.ACCEPTED])
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
    )
    # a mapping, because the model declares what is annotated here
    columns: dict[str, Any] = {
        "sleeps": Subquery(now.values("situation")[:1]),
        "lacks_papers": Exists(missing),
        "earlier_offers": Coalesce(Subquery(ended.values("n")), 0),
        "offer_until": Subquery(live.values("answer_by")[:1]),
        "offer_reference": Subquery(live.values("reference")[:1]),
    }
    return with_area_lists(referrals).annotate(**columns).select_related("case__citizen")


def with_area_lists(referrals: QuerySet[HousingReferral]) -> QuerySet[HousingReferral]:
    """The areas as lists of keys and names, the wished ones in order: no query of their own."""
    wished = AreaWish.objects.filter(referral=OuterRef("pk")).order_by("rank")
    unfit = HousingReferral.unfit_areas.through._default_manager.filter(
        housingreferral=OuterRef("pk")
    ).order_by("area__name", "area")
    # a mapping, because the model declares what is annotated here
    columns: dict[str, Any] = {
        "wished_ids": ArraySubquery(wished.values("area")),
        "wished_names": ArraySubquery(wished.values("area__name")),
        "unfit_ids": ArraySubquery(unfit.values("area")),
        "unfit_names": ArraySubquery(unfit.values("area__name")),
    }
    return referrals.annotate(**columns)


def days_left(referral: HousingReferral, day: date) -> int | None:
    """Refund days after `day`, below 0 over the limit; None without a running stay.

    Of a referral that came through `with_order`; the same as the clock's `left_on` and `over_on`.
    """
    return refund_days(referral.refundable_on, referral.over_counted, referral.over_counted_on, day)


def refund_days(
    last: date | None, over: int | None, counted_on: date | None, day: date
) -> int | None:
    """The same from the columns of the clock's rollup."""
    if last is None or counted_on is None or over is None:
        return None
    if last >= day:
        return (last - day).days
    return -(over + max((day - max(counted_on, last)).days, 0))


def row_of(
    referral: HousingReferral,
    day: date,
    *,
    number: int | None = None,
    match: Match | None = None,
    url: str = "",
    is_selected: bool = False,
) -> Waiting:
    """Of a referral that came through `matching.with_order` and `with_row`."""
    left = days_left(referral, day)
    if left is not None:
        refund, tone = order_wording.days_left_text(left)
    else:
        refund = str(order_wording.SLEEPS[Situation(referral.sleeps)]) if referral.sleeps else ""
        tone = ""
    severity: Severity = "line"
    verdict = note = ""
    if match is not None:
        severity, label = wording.VERDICTS[match.verdict]
        verdict, note = str(label), wording.note(match)
    if not note and referral.lacks_papers:
        note = _("papers missing, does not stop it")
    return Waiting(
        referral=referral,
        number=number,
        age=referral.case.citizen.age_on(day),
        waited=waited(referral, day),
        refund=refund or _("unknown"),
        refund_tone=tone,
        group=str(order_wording.GROUPS[Group(referral.group)]),
        severity=severity,
        verdict=verdict,
        note=note,
        url=url,
        is_selected=is_selected,
    )


def waited(referral: HousingReferral, day: date) -> str:
    """ "203 dage", "i dag" """
    if referral.waits_from is None or referral.waits_from >= day:
        return words.since(day, today=day)
    return words.days((day - referral.waits_from).days)
