"""Offers as lists and pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from housing.allocation.asked import Asked
from housing.allocation.enums import DeclineReason, OfferStatus
from housing.allocation.models import Offer
from housing.supply import wording
from housing.supply.selectors import severity_of
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity

if TYPE_CHECKING:
    from cases.models import Citizen
    from housingfirst.access.models import User

SEVERITIES: dict[str, Severity] = {
    OfferStatus.ACCEPTED: "done",
    OfferStatus.DECLINED: "line",
    OfferStatus.EXPIRED: "line",
    OfferStatus.WITHDRAWN: "line",
}


@dataclass(frozen=True, slots=True)
class OfferRow:
    """`place` is the address, or the dwelling's number when the citizen is or may be protected."""

    offer: Offer
    place: str
    is_hidden: bool
    severity: Severity
    answer: str
    ended: str
    today: date
    asked: Sequence[Asked] = ()

    @property
    def citizen(self) -> Citizen:
        return self.offer.case.citizen

    @property
    def size(self) -> str:
        return wording.size(self.offer.dwelling)

    @property
    def is_live(self) -> bool:
        return self.offer.status == OfferStatus.LIVE

    @property
    def facts(self) -> list[Fact]:
        """What a page about one offer says of it."""
        offer, today = self.offer, self.today

        def at(moment: datetime | None) -> str:
            return words.moment(moment, today=today) if moment else "–"

        facts = [
            Fact(_("Rent per month"), words.money(offer.vacancy.rent_dkk)),
            Fact(_("Deposit"), words.money(offer.vacancy.deposit_dkk)),
            Fact(_("Available from"), words.day(offer.vacancy.available_from, today=today)),
            Fact(_("Viewing"), at(offer.viewing_at)),
            Fact(_("Answer by"), at(offer.answer_by)),
            Fact(_("Offered"), f"{at(offer.offered_at)}, {offer.offered_by.name}"),
        ]
        if offer.why_not_first:
            facts.append(Fact(_("Why another than the first"), offer.why_not_first))
        if offer.ended_at:
            by = f", {offer.ended_by.name}" if offer.ended_by else ""
            facts.append(Fact(_("Ended"), f"{at(offer.ended_at)}{by}"))
        if offer.remark:
            facts.append(Fact(_("Remark"), offer.remark))
        return facts


def offers(user: User) -> QuerySet[Offer]:
    """The offers the user sees, with all that a row needs."""
    return Offer.objects.visible_to(user).select_related(
        "case__citizen",
        "dwelling__estate__unit",
        "dwelling__estate__area",
        "vacancy",
        "offered_by",
        "ended_by",
    )


def row_of(offer: Offer, today: date, now: datetime, *, asked: Sequence[Asked] = ()) -> OfferRow:
    """Of an offer that came through `offers`. A time that has passed shows as expired at once.

    `asked` is what was asked of others with it (`asked_with`).
    """
    is_hidden = offer.case.citizen.is_protected
    severity, answer = _state(offer, today, now)
    return OfferRow(
        offer=offer,
        place=wording.place_name(offer.dwelling, is_hidden=is_hidden),
        is_hidden=is_hidden,
        severity=severity,
        answer=answer,
        ended=_why(offer),
        today=today,
        asked=asked,
    )


def _state(offer: Offer, today: date, now: datetime) -> tuple[Severity, str]:
    if offer.status != OfferStatus.LIVE:
        return SEVERITIES[offer.status], offer.get_status_display()
    if offer.answer_by <= now:
        return "over", _("The time has passed")
    until = words.moment(offer.answer_by, today=today)
    return severity_of(offer.answer_by, today), _("Answer by %(until)s") % {"until": until}


def _why(offer: Offer) -> str:
    """Why it ended, in a sentence."""
    if offer.status == OfferStatus.DECLINED:
        return _("%(who)s: %(reason)s") % {
            "who": offer.get_declined_by_display(),
            "reason": words.inside(DeclineReason(offer.decline_reason).label),
        }
    if offer.status == OfferStatus.WITHDRAWN:
        return offer.get_withdraw_reason_display()
    return ""
