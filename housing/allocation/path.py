"""The steps of the way home that allocation owns.

They tell of the home the citizen is on the way to, so a home that was lost takes its steps with it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.casework.path import PathStep, register_step
from cases.models import Case
from housing.allocation.enums import OfferStatus, ReferralStatus

HAS_HOME = Q(tenancies__isnull=False, tenancies__ends_on__isnull=True)


def register() -> None:
    register_step(
        PathStep("referred", 20, _("Referred to housing"), _("The referral to housing"), _referred)
    )
    register_step(PathStep("offered", 30, _("Home offered"), _("The offer of a home"), _offered))
    register_step(
        PathStep("accepted", 40, _("Home accepted"), _("The answer to the offer"), _accepted)
    )


def _referred() -> Exists:
    return _with_home_or(Q(referrals__status=ReferralStatus.WAITING))


def _offered() -> Exists:
    return _with_home_or(Q(offers__status=OfferStatus.LIVE))


def _accepted() -> Exists:
    return Exists(Case.objects.filter(HAS_HOME, pk=OuterRef("pk")))


def _with_home_or(fact: Q) -> Exists:
    return Exists(Case.objects.filter(HAS_HOME | fact, pk=OuterRef("pk")))
