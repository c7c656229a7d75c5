"""Leases as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from housing.supply import wording
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from housingfirst.ui import words
from housingfirst.ui.parts import Fact

if TYPE_CHECKING:
    from cases.models import Case

LOST: Final = frozenset({
    TenancyEnd.TERMINATED_TENANT, TenancyEnd.TERMINATED_LANDLORD, TenancyEnd.EVICTED,
})  # fmt: skip
"""Ends after which a new referral is proposed (H2)."""


@dataclass(frozen=True, slots=True)
class Home:
    """A lease. `place` is the dwelling's number when the citizen is or may be protected."""

    tenancy: Tenancy
    place: str
    is_hidden: bool
    span: str
    today: date

    @property
    def size(self) -> str:
        return wording.size(self.tenancy.dwelling)

    @property
    def facts(self) -> list[Fact]:
        tenancy, today = self.tenancy, self.today

        def day(on: date | None) -> str:
            return words.day(on, today=today) if on else _("not yet")

        facts = [
            Fact(_("Lease from"), day(tenancy.starts_on)),
            Fact(_("Signed"), day(tenancy.signed_on)),
            Fact(_("Keys handed over"), day(tenancy.keys_on)),
            Fact(_("Rent per month"), words.money(tenancy.rent_dkk)),
            Fact(_("Deposit"), words.money(tenancy.deposit_dkk)),
        ]
        if tenancy.ordinary_from:
            facts.insert(1, Fact(_("Ordinary lease from"), day(tenancy.ordinary_from)))
        elif tenancy.support_ends_on:
            last_on = tenancy.support_ends_on - timedelta(days=1)
            facts.insert(1, Fact(_("Transitional dwelling, support through"), day(last_on)))
        if tenancy.ends_on:
            facts.insert(1, Fact(_("Lease to"), day(tenancy.ends_on)))
            facts.append(Fact(_("Why it ended"), tenancy.get_end_reason_display()))
        return facts


@dataclass(frozen=True, slots=True)
class Homes:
    """The current lease and the earlier ones, newest first."""

    current: Home | None
    earlier: list[Home]

    @property
    def is_lost(self) -> bool:
        """Whether the newest home was lost, and there is no other."""
        return (
            self.current is None
            and bool(self.earlier)
            and self.earlier[0].tenancy.end_reason in LOST
        )


def homes_of(case: Case, today: date) -> Homes:
    """Every lease of a case that came through `case_for`."""
    homes = [
        home_of(tenancy, today)
        for tenancy in Tenancy.objects.filter(case=case)
        .select_related("case__citizen", "dwelling__estate__unit")
        .order_by("-starts_on", "-pk")
    ]
    current = next((home for home in homes if home.tenancy.ends_on is None), None)
    return Homes(current, [home for home in homes if home is not current])


def home_of(tenancy: Tenancy, today: date) -> Home:
    is_hidden = tenancy.case.citizen.is_protected
    return Home(
        tenancy=tenancy,
        place=wording.place_name(tenancy.dwelling, is_hidden=is_hidden),
        is_hidden=is_hidden,
        span=words.day_span(tenancy.starts_on, tenancy.ends_on, today=today),
        today=today,
    )
