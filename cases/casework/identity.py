"""Writes about the citizen that a person makes through the case they work on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.access import require_on
from cases.casework.enums import RevealReason
from cases.casework.events import CITIZEN_CHANGED, PROTECTION_CHANGED
from cases.casework.models import Case
from cases.casework.whereabouts import Place, places_of
from cases.citizens import services as citizens
from cases.citizens.cpr import Cpr
from cases.citizens.enums import Protection
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import save_as
from housingfirst.events.services import record


@transaction.atomic
def citizen_change(
    *,
    case: Case,
    name: str,
    birth_date: date | None,
    protection: Protection,
    protected_until: date | None,
    language: str,
    needs_interpreter: bool,
    phone: str,
    actor: User,
    version: int,
) -> None:
    """Change what is written about the case's citizen. Raises StaleVersion."""
    require_on(actor, case, Act.CASE_CHANGE, also_closed=True)
    citizen = case.citizen
    was = citizen.protection
    citizen.name, citizen.birth_date = name.strip(), birth_date
    citizen.protection, citizen.protected_until = protection, protected_until
    citizen.language, citizen.needs_interpreter = language, needs_interpreter
    citizen.phone = phone
    save_as(actor, citizen, version=version)
    log(actor, LogAction.CHANGED, [citizen.pk], what="citizen")
    kind = CITIZEN_CHANGED if was == protection else PROTECTION_CHANGED
    record(kind, actor=actor, case=case, subject=citizen.reference)


@transaction.atomic
def cpr_change(*, case: Case, cpr: Cpr, actor: User, version: int) -> None:
    """Give the case's citizen a CPR number, or correct it. Raises CprInUse, StaleVersion."""
    require_on(actor, case, Act.CASE_CHANGE, also_closed=True)
    citizens.cpr_set(citizen=case.citizen, cpr=cpr, actor=actor, version=version)
    record(CITIZEN_CHANGED, actor=actor, case=case, subject=case.citizen.reference)


@transaction.atomic
def place_reveal(*, case: Case, reason: RevealReason, today: date, actor: User) -> list[Place]:
    """Where a protected citizen is. Who looked, and why, is logged in the same transaction."""
    require_on(actor, case, Act.PLACE_REVEAL, also_closed=True)
    log(actor, LogAction.REVEALED, [case.citizen_id], what="place", detail=reason.value)
    return places_of(case, today)
