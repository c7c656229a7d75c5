"""An answer and the end of the offer it was asked for, in the same second."""

from decimal import Decimal

import pytest

from crosssector.handoffs import services
from crosssector.handoffs.models import Handoff
from housing.allocation.enums import DeclinedBy, DeclineReason, OfferStatus
from housing.allocation.models import Offer
from housing.allocation.services import offer_decline
from tests.crosssector.factories import make_benefits_office, make_handoff, make_partner
from tests.housing.homes import make_offer
from tests.races import behind
from tests.support.factories import make_adviser

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_offer_is_declined_while_its_loan_is_granted() -> None:
    offer = make_offer()
    office = make_benefits_office(municipality=offer.case.municipality)
    handoff = make_handoff(case=offer.case, to_unit=office, offer=offer)
    partner, adviser = make_partner(office), make_adviser(offer.case)

    def grant() -> None:
        services.handoff_grant(handoff=handoff, granted_dkk=Decimal(100), actor=partner)

    def decline() -> None:
        offer_decline(
            offer=Offer.objects.get(pk=offer.pk),
            declined_by=DeclinedBy.CITIZEN,
            reason=DeclineReason.AREA,
            actor=adviser,
        )

    assert behind(grant, decline) == "done"

    assert Offer.objects.get().status == OfferStatus.DECLINED
    assert Handoff.objects.get().status == "granted"
