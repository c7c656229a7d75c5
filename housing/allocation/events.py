"""The kinds of events this subject publishes. A dwelling's address is only ever under `place`."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.allocation.enums import DeclineReason
from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

REFERRAL_SENT = "referral.sent"
REFERRAL_CHANGED = "referral.changed"
REFERRAL_WITHDRAWN = "referral.withdrawn"
PAPER_RECEIVED = "paper.received"
OFFER_MADE = "offer.made"
OFFER_ACCEPTED = "offer.accepted"
OFFER_DECLINED = "offer.declined"
OFFER_EXPIRED = "offer.expired"
OFFER_WITHDRAWN = "offer.withdrawn"


def register() -> None:
    housing = Category.HOUSING
    register_kind(REFERRAL_SENT, housing, _("Housing referral sent"), is_important=True)
    register_kind(REFERRAL_CHANGED, housing, _("Housing referral changed"))
    register_kind(REFERRAL_WITHDRAWN, housing, _("Housing referral withdrawn"))
    register_kind(PAPER_RECEIVED, housing, _("Paper for the housing referral received"))
    register_kind(OFFER_MADE, housing, _("Home offered"), is_important=True)
    register_kind(OFFER_ACCEPTED, housing, _("Home accepted"), is_important=True)
    register_kind(
        OFFER_DECLINED,
        housing,
        _("Offer of a home declined (%(reason)s); it counts for nothing"),
        text_params=_reason,
    )
    register_kind(OFFER_EXPIRED, housing, _("Offer of a home expired without an answer"))
    register_kind(OFFER_WITHDRAWN, housing, _("Offer of a home withdrawn"))


def _reason(data: Mapping[str, Any]) -> dict[str, str]:
    known = data.get("reason")
    label = words.inside(DeclineReason(known).label) if known else gettext("reason not told")
    return {"reason": label}
