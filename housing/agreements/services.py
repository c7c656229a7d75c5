"""Writing what is agreed on the municipality's share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from housing.agreements.errors import CountedTooMany, EstateOfAnother, EveryNone
from housing.agreements.events import AGREEMENT_SAVED
from housing.agreements.models import AllocationAgreement
from housing.supply.models import Estate
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit
from housingfirst.base.db import save_as
from housingfirst.base.errors import NotPermitted
from housingfirst.events.services import record

if TYPE_CHECKING:
    from housingfirst.access.models import User


@transaction.atomic
def agreement_save(
    *,
    unit: Unit,
    starts_on: date,
    every: int,
    actor: User | None,
    estate: Estate | None = None,
    counted_before: int = 0,
    remark: str = "",
) -> AllocationAgreement:
    """What holds with the organisation `unit`, or one estate of it, from `starts_on`.

    Earlier agreements stay and count their own time; one of the same day is put right, and its
    history keeps what stood there. Raises NotPermitted, EveryNone, CountedTooMany, EstateOfAnother.
    """
    if actor is not None:
        places = {place.municipality_id for place in actor.units_for(Act.ESTATE_WRITE)}
        if unit.municipality_id not in places:
            raise NotPermitted
    if every < 1:
        raise EveryNone
    if counted_before >= every:
        raise CountedTooMany(every=every, most=every - 1)
    if estate is not None and estate.unit_id != unit.pk:
        raise EstateOfAnother
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    agreement = AllocationAgreement.objects.filter(
        unit=unit, estate=estate, starts_on=starts_on
    ).first()
    agreement = agreement or AllocationAgreement(unit=unit, estate=estate, starts_on=starts_on)
    agreement.every = every
    agreement.counted_before = counted_before
    agreement.remark = remark.strip()
    agreement.made_by = actor
    save_as(actor, agreement)
    log(actor, LogAction.CHANGED, [], what="agreement", detail=unit.name)
    record(AGREEMENT_SAVED, actor=actor, subject=agreement.reference, every=every)
    return agreement
