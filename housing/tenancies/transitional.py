"""R-ABL-63 for a lease: how long a transitional dwelling is supported, and when it is ordinary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access import require_on
from housing.supply.enums import DwellingKind
from housing.tenancies.errors import HasEnded, NotTransitional, OrdinaryBeforeStart
from housing.tenancies.events import TENANCY_ORDINARY
from housingfirst.access.enums import Act
from housingfirst.base.db import save_as
from housingfirst.events.services import record
from housingfirst.law.transitional import WARNING_MONTHS, TransitionalReason, transitional
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity

if TYPE_CHECKING:
    from housing.supply.models import Dwelling
    from housing.tenancies.models import Tenancy
    from housingfirst.access.models import User


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a transitional lease in words. `may_end`: it can be made an ordinary one."""

    severity: Severity
    state: str
    why: str
    facts: Sequence[Fact]
    may_end: bool


def support_ends_on(dwelling: Dwelling, starts_on: date) -> date | None:
    """The first day support may no longer go with the lease; None for an ordinary dwelling."""
    if dwelling.kind != DwellingKind.TRANSITIONAL:
        return None
    return transitional(starts_on, on=starts_on).last_on + timedelta(days=1)


@transaction.atomic
def tenancy_make_ordinary(
    *, tenancy: Tenancy, ordinary_from: date, actor: User, version: int | None = None
) -> None:
    """The citizen stays, with an ordinary lease from that day: the clock of ABL § 63 stops.

    Raises HasEnded, NotTransitional, OrdinaryBeforeStart, StaleVersion.
    """
    require_on(actor, tenancy.case, Act.TENANCY_WRITE, also_closed=True)
    if tenancy.ends_on is not None:
        raise HasEnded(day=words.day_as_typed(tenancy.ends_on))
    if tenancy.support_ends_on is None or tenancy.ordinary_from is not None:
        raise NotTransitional
    if ordinary_from < tenancy.starts_on:
        raise OrdinaryBeforeStart(day=words.day_as_typed(tenancy.starts_on))
    tenancy.ordinary_from = ordinary_from
    save_as(actor, tenancy, version=version, reason="ordinary")
    record(
        TENANCY_ORDINARY,
        actor=actor,
        case=tenancy.case,
        subject=tenancy.reference,
        ordinary_from=ordinary_from,
    )


def clock_of(tenancy: Tenancy, today: date) -> Clock | None:
    """Where a transitional lease stands, and why; None for an ordinary one."""
    if tenancy.support_ends_on is None:
        return None
    found = transitional(tenancy.starts_on, on=today)
    years = {"years": found.most_years, "source": found.source}
    return Clock(
        severity=_severity(tenancy, found.reason),
        state=_state(tenancy, found.reason, found.last_on, today),
        why=_("Support may go with the lease for %(years)s years from its first day (%(source)s).")
        % years,
        facts=[
            *(
                Fact(_months_before(months), words.day(on, today=today, weekday=False))
                for months, on in zip(WARNING_MONTHS, found.warn_on, strict=True)
            ),
            Fact(_("Last day with support"), words.day(found.last_on, today=today, weekday=False)),
        ],
        may_end=tenancy.ends_on is None and tenancy.ordinary_from is None,
    )


def _months_before(months: int) -> str:
    return _("%(n)s months before") % {"n": months}


def _severity(tenancy: Tenancy, reason: TransitionalReason) -> Severity:
    if tenancy.ordinary_from is not None or tenancy.ends_on is not None:
        return "done"
    severities: dict[TransitionalReason, Severity] = {
        TransitionalReason.RUNNING: "ok",
        TransitionalReason.ENDING: "soon",
        TransitionalReason.RUN_OUT: "over",
    }
    return severities[reason]


def _state(tenancy: Tenancy, reason: TransitionalReason, last_on: date, today: date) -> str:
    if tenancy.ordinary_from is not None:
        day = words.day(tenancy.ordinary_from, today=today, weekday=False)
        return _("Ordinary lease from %(day)s") % {"day": day}
    if tenancy.ends_on is not None:
        return _("The lease has ended")
    day = words.day(last_on, today=today, weekday=False)
    if reason is TransitionalReason.RUN_OUT:
        return _("Support ended %(day)s") % {"day": day}
    return _("Support through %(day)s") % {"day": day}
