"""The only way a request gets a referral, a paper or an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from cases.access import rights_on
from housing.allocation.models import HousingReferral, Offer, ReferralPaper
from housingfirst.access.denied import Denied

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from housingfirst.access.models import User


def offer_for(user: User, reference: UUID) -> Offer:
    """An offer on a case the user sees, with the case's `rights`. Raises Denied."""
    offer = (
        Offer.objects.visible_to(user)
        .filter(reference=reference)
        .select_related(
            "case__citizen",
            "case__municipality",
            "case__unit",
            "case__adviser",
            "referral",
            "dwelling__estate__area",
            "dwelling__estate__unit",
            "vacancy",
            "offered_by",
            "ended_by",
        )
        .first()
    )
    if offer is None:
        raise Denied("offer", _citizens(Offer.objects.filter(reference=reference), "case"))
    offer.case.rights = rights_on(user, offer.case)
    return offer


def referral_for(user: User, reference: UUID) -> HousingReferral:
    """A referral the user sees. Raises Denied."""
    referral = (
        HousingReferral.objects.visible_to(user)
        .filter(reference=reference)
        .select_related("case__citizen")
        .first()
    )
    if referral is None:
        found = HousingReferral.objects.filter(reference=reference)
        raise Denied("referral", _citizens(found, "case"))
    return referral


def paper_for(user: User, reference: UUID) -> ReferralPaper:
    """A paper of a referral the user sees. Raises Denied."""
    paper = (
        ReferralPaper.objects.filter(
            reference=reference, referral__in=HousingReferral.objects.visible_to(user)
        )
        .select_related("referral__case__citizen")
        .first()
    )
    if paper is None:
        found = ReferralPaper.objects.filter(reference=reference)
        raise Denied("paper", _citizens(found, "referral__case"))
    return paper


def _citizens(rows: QuerySet[Any], case: str) -> tuple[int, ...]:
    """The citizens a refused request was about, for the log."""
    return tuple(rows.values_list(f"{case}__citizen_id", flat=True))
