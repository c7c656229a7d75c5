"""What happens elsewhere and leads to a handoff, or ends one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.events import HANDOFF_NOT_ASKED
from crosssector.handoffs.models import Handoff
from crosssector.handoffs.selectors import answering_units
from crosssector.handoffs.services import ask, handoff_withdraw
from housing.allocation.models import Offer
from housingfirst.events.models import Event
from housingfirst.events.services import record


def ask_with_offer(event: Event) -> None:
    """An offer that asks for a deposit loan sends it to the municipality's benefits office.

    Where no benefits office uses the system, an event in the case says so: somebody must ask by
    other means.
    """
    if not event.data.get("ask_deposit_loan") or event.subject is None:
        return
    offers = Offer.objects.select_related("vacancy", "referral", "case__unit", "case__municipality")
    offer = offers.get(reference=event.subject)
    case, kind = offer.case, HandoffKind.DEPOSIT_LOAN
    unit = answering_units(case.municipality, kind).first()
    if unit is None:
        record(
            HANDOFF_NOT_ASKED,
            actor=event.actor,
            case=case,
            subject=offer.reference,
            kind_of=kind,
        )
        return
    ask(
        case=case,
        kind=kind,
        to_unit=unit,
        amount_dkk=offer.vacancy.deposit_dkk,
        actor=event.actor,
        offer=offer,
        rent_dkk=offer.vacancy.rent_dkk,
        income_dkk=offer.referral.income_dkk,
        text="",
        legal_basis=_("Application for a deposit loan with the offer (BSL § 54)"),
        form_key=None,
    )


def withdraw_with_offer(event: Event) -> None:
    """When an offer falls away, what was asked for it is asked no longer."""
    if event.subject is None:
        return
    # One that is answered at this moment is waited for, and then it is not open any more.
    asked = Handoff.objects.open().filter(offer__reference=event.subject)
    for handoff in asked.select_for_update(of=("self",)):
        handoff_withdraw(handoff=handoff, actor=None)
