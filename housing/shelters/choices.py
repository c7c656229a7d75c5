"""What a municipality's choice changes here: the running clocks, and the days notices are due."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext
from simple_history.utils import bulk_update_with_history

from housing.shelters import rules
from housing.shelters.clock import BATCH, clocks_refresh
from housing.shelters.enums import NoticeKind, Section
from housing.shelters.models import Notice, Stay
from housingfirst.deadlines.services import refresh_cases
from housingfirst.lawbook.effects import Effect, register_effect
from housingfirst.lawbook.selectors import choices_of

REASON: Final = "the municipality's calendar"


def register() -> None:
    register_effect(Effect("clocks", {"reimbursement"}, _clocks_told, clocks_of_municipality))
    register_effect(Effect("notices", {"calendar"}, _notices_told, notices_of_municipality))


def clocks_of_municipality(municipality_id: int, today: date) -> None:
    """Count the municipality's running clocks anew, and the deadlines that follow from them."""
    residents = sorted(_residents(municipality_id).values_list("citizen_id", "case_id"))
    for at in range(0, len(residents), BATCH):
        batch = residents[at : at + BATCH]
        clocks_refresh([citizen_id for citizen_id, _case in batch], today)
        refresh_cases([case_id for _citizen, case_id in batch], today)


def notices_of_municipality(municipality_id: int, today: date) -> None:
    """Set anew when what is not sent, or not answered, is due."""
    calendar = choices_of(municipality_id).calendar
    moved = []
    for notice in _open_notices(municipality_id).select_for_update(of=("self",)).order_by("pk"):
        due = notice.due_on, notice.answer_due_on
        notice.due_on = rules.notice_due_on(NoticeKind(notice.kind), notice.decided_on, calendar)
        if notice.sent_at is not None and notice.answer_due_on is not None:
            sent_on = timezone.localdate(notice.sent_at)
            notice.answer_due_on = rules.answer_due_on(sent_on, calendar)
        if due != (notice.due_on, notice.answer_due_on):
            moved.append(notice)
    if not moved:
        return
    bulk_update_with_history(
        moved, Notice, ["due_on", "answer_due_on"], batch_size=BATCH, default_change_reason=REASON
    )
    stays = Stay.objects.filter(notices__in=moved).order_by()
    refresh_cases(sorted(set(stays.values_list("case_id", flat=True))), today)


def _residents(municipality_id: int) -> QuerySet[Stay]:
    return Stay.objects.open().filter(
        shelter__section=Section.S110, case__municipality=municipality_id
    )


def _open_notices(municipality_id: int) -> QuerySet[Notice]:
    return Notice.objects.filter(municipality=municipality_id, acknowledged_at__isnull=True)


def _clocks_told(municipality_id: int) -> str:
    n = _residents(municipality_id).count()
    text = ngettext(
        "%(n)s running reimbursement clock is counted anew.",
        "%(n)s running reimbursement clocks are counted anew.",
        n,
    )
    return text % {"n": n}


def _notices_told(municipality_id: int) -> str:
    n = _open_notices(municipality_id).count()
    text = ngettext(
        "The day %(n)s open notice from a shelter is due is set anew.",
        "The days %(n)s open notices from shelters are due are set anew.",
        n,
    )
    return text % {"n": n}
