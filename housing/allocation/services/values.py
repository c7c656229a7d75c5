"""What a referral says, as one value: from a form, the API, an import or another referral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from housing.allocation.enums import Benefit, PaperKind, Stairs, Track, Urgency
from housing.allocation.models import HousingReferral

if TYPE_CHECKING:
    from housing.supply.models import Area
    from housingfirst.access.models import User

COLUMNS: Final = (
    "track", "wish_words", "support_wish", "unfit_reason", "adults", "children",
    "visiting_children", "rooms_min", "stairs", "has_pets", "wants_outdoor_space", "benefit",
    "income_dkk", "rent_max_dkk", "urgency", "urgency_reason", "remark",
)  # fmt: skip
"""The fields that `ReferralValues` and the referral's own row have in common."""


@dataclass(frozen=True, slots=True)
class PaperValue:
    """A paper that is needed: when it came, or who gets it."""

    received_on: date | None = None
    responsible: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralValues:
    """Everything a person fills in. `areas` in the citizen's order; nothing is required."""

    wish_words: str = ""
    areas: tuple[Area, ...] = ()
    unfit_areas: tuple[Area, ...] = ()
    unfit_reason: str = ""
    support_wish: str = ""
    track: Track = Track.OWN_HOME
    adults: int = 1
    children: int = 0
    visiting_children: bool = False
    rooms_min: int = 1
    stairs: Stairs = Stairs.ANY
    has_pets: bool = False
    wants_outdoor_space: bool = False
    benefit: Benefit = Benefit.UNKNOWN
    income_dkk: Decimal | None = None
    rent_max_dkk: Decimal | None = None
    urgency: Urgency = Urgency.ORDINARY
    urgency_reason: str = ""
    remark: str = ""
    papers: Mapping[PaperKind, PaperValue] = field(default_factory=dict)


def values_of(referral: HousingReferral) -> ReferralValues:
    """What the referral says now."""
    return ReferralValues(
        **{name: getattr(referral, name) for name in COLUMNS},
        areas=tuple(wish.area for wish in referral.area_wishes.select_related("area")),
        unfit_areas=tuple(referral.unfit_areas.all()),
        papers={
            PaperKind(paper.kind): PaperValue(paper.received_on, paper.responsible)
            for paper in referral.papers.select_related("responsible")
        },
    )
