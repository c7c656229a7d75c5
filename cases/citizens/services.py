"""Writes about the person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from cases.citizens.cpr import Cpr
from cases.citizens.enums import Protection
from cases.citizens.errors import CprInUse
from cases.citizens.models import Citizen
from housingfirst.access.enums import LogAction
from housingfirst.access.log import log
from housingfirst.base.crypto import blind_index, encrypt
from housingfirst.base.db import constraint_as, save_as

if TYPE_CHECKING:
    from housingfirst.access.models import User


def citizens_hold(ids: Collection[int]) -> None:
    """Let what is opened and counted for these citizens wait for each other, until the end of the
    transaction. Taken before the lock of a case of theirs."""
    held = Citizen.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk"))


@transaction.atomic
def citizen_register(
    *,
    name: str,
    cpr: Cpr | None,
    actor: User | None,
    birth_date: date | None = None,
    protection: Protection = Protection.UNKNOWN,
    language: str = "Dansk",
    needs_interpreter: bool = False,
    phone: str = "",
    is_demo: bool = False,
) -> Citizen:
    """A new citizen. Raises CprInUse when the number belongs to one already.

    Who may register citizens is asked by the service that gives the citizen a case or a stay.
    """
    citizen = Citizen(
        name=name.strip(),
        birth_date=cpr.birth_date if cpr and cpr.birth_date else birth_date,
        protection=protection,
        language=language,
        needs_interpreter=needs_interpreter,
        phone=phone,
        is_demo=is_demo,
    )
    if cpr is not None:
        seal_cpr(citizen, cpr)
    with constraint_as({"cases_citizen_cpr_index_key": CprInUse}):
        save_as(actor, citizen)
    return citizen


@transaction.atomic
def cpr_set(*, citizen: Citizen, cpr: Cpr, actor: User | None, version: int) -> None:
    """Give a citizen the number that was not known before, or correct it."""
    seal_cpr(citizen, cpr)
    citizen.birth_date = cpr.birth_date or citizen.birth_date
    with constraint_as({"cases_citizen_cpr_index_key": CprInUse}):
        save_as(actor, citizen, version=version, reason="cpr")
    log(actor, LogAction.CHANGED, [citizen.pk], what="cpr")


@transaction.atomic
def cpr_reveal(*, citizen: Citizen, actor: User) -> str | None:
    """The number as it is written, or None. The look is logged in the same transaction."""
    log(actor, LogAction.REVEALED, [citizen.pk], what="cpr")
    digits = citizen.cpr_opened()
    return f"{digits[:6]}-{digits[6:]}" if digits else None


def citizen_with_cpr(cpr: Cpr) -> Citizen | None:
    """The citizen who has the number. For services; a page must not tell whom it found."""
    return Citizen.objects.filter(cpr_index=blind_index(cpr.digits)).first()


def seal_cpr(citizen: Citizen, cpr: Cpr) -> None:
    """Put the number on a citizen that is not saved yet, or about to be."""
    citizen.cpr_sealed = encrypt(cpr.digits, row=citizen.reference.bytes)
    citizen.cpr_index = blind_index(cpr.digits)
