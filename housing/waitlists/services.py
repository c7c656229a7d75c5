"""Writes: onto an ordinary waiting list, off it, and not wanting to be on any."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from cases.access import require_on
from cases.models import Case
from housing.waitlists.errors import LeftBeforeJoined, ListNeedsName, OnThatList
from housing.waitlists.events import LIST_DECLINED, LIST_JOINED, LIST_LEFT
from housing.waitlists.models import ListMembership
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit, User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record

CONSTRAINTS: Final = {
    "housing_waitlist_once_at_a_time": OnThatList,
    "housing_waitlist_has_name": ListNeedsName,
    "housing_waitlist_left_after_joined": LeftBeforeJoined,
}


@transaction.atomic
def list_join(
    *,
    case: Case,
    joined_on: date,
    actor: User,
    organisation: Unit | None = None,
    name: str = "",
    number: str = "",
) -> ListMembership:
    """The citizen is on an organisation's list. Raises ListNeedsName, OnThatList."""
    require_on(actor, case, Act.REFERRAL_WRITE)
    called = organisation.name if organisation else name.strip()
    row = ListMembership(
        case=case,
        organisation=organisation,
        name=called,
        joined_on=joined_on,
        number=number.strip(),
        written_by=actor,
    )
    with constraint_as(CONSTRAINTS):
        save_as(actor, row)
    _tell(row, actor, LIST_JOINED)
    return row


@transaction.atomic
def list_decline(*, case: Case, on: date, actor: User) -> ListMembership:
    """The citizen was asked, and does not want to be on ordinary lists: nobody asks again."""
    require_on(actor, case, Act.REFERRAL_WRITE)
    row = ListMembership(
        case=case,
        name=_("Ordinary waiting lists"),
        is_declined=True,
        joined_on=on,
        written_by=actor,
    )
    with constraint_as(CONSTRAINTS):
        save_as(actor, row)
    _tell(row, actor, LIST_DECLINED)
    return row


@transaction.atomic
def list_leave(*, row: ListMembership, left_on: date, actor: User, version: int) -> None:
    """Off the list, or willing after all. Raises LeftBeforeJoined, StaleVersion."""
    require_on(actor, row.case, Act.REFERRAL_WRITE, also_closed=True)
    row.left_on = left_on
    with constraint_as(CONSTRAINTS):
        save_as(actor, row, version=version)
    _tell(row, actor, LIST_LEFT)


def _tell(row: ListMembership, actor: User, event: str) -> None:
    log(actor, LogAction.CHANGED, [row.case.citizen_id], what="waitlist")
    record(event, actor=actor, case=row.case, subject=row.reference, name=row.name)
