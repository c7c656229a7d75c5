"""From rows to the plain facts that the rules weigh."""

from __future__ import annotations

from housing.allocation.enums import OfferStatus, Stairs, Track
from housing.allocation.models import HousingReferral
from housing.allocation.rules import DwellingFacts, ReferralFacts
from housing.supply.enums import DwellingKind
from housing.supply.models import Vacancy


def dwelling_facts(vacancy: Vacancy) -> DwellingFacts:
    """Of a vacancy with its dwelling, estate and area loaded. The rent is the vacancy's own."""
    dwelling, estate = vacancy.dwelling, vacancy.dwelling.estate
    return DwellingFacts(
        area=estate.area_id,
        area_name=estate.area.name,
        rent_dkk=vacancy.rent_dkk,
        kind=DwellingKind(dwelling.kind),
        rooms=dwelling.rooms,
        floor=dwelling.floor,
        has_lift=dwelling.has_lift,
        step_free=dwelling.step_free,
        has_outdoor_space=dwelling.has_outdoor_space,
        pets_allowed=dwelling.pets_allowed,
        is_barred=estate.allocation_barred,
        barred_reason=estate.barred_reason,
    )


def referral_facts(referral: HousingReferral) -> ReferralFacts:
    """Of a referral; what came with its row (`with_order`, `with_area_lists`) is not asked for."""
    columns = vars(referral)
    is_offered = columns.get("is_offered")
    if is_offered is None:
        is_offered = referral.case.offers.filter(status=OfferStatus.LIVE).exists()
    wished, unfit = columns.get("wished_ids"), columns.get("unfit_ids")
    if wished is None or unfit is None:
        wished = referral.area_wishes.values_list("area", flat=True)
        unfit = referral.unfit_areas.values_list("pk", flat=True)
    return ReferralFacts(
        track=Track(referral.track),
        adults=referral.adults,
        children=referral.children,
        rooms_min=referral.rooms_min,
        stairs=Stairs(referral.stairs),
        has_pets=referral.has_pets,
        rent_max_dkk=referral.rent_max_dkk,
        unfit_areas=frozenset(unfit),
        has_live_offer=is_offered,
        area_wishes=tuple(wished),
        wants_outdoor_space=referral.wants_outdoor_space,
        visiting_children=referral.visiting_children,
    )
