"""Writes: a wish for activity is heard, and answered."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from cases.access import require_on
from cases.models import Case
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.events.services import record
from housingfirst.ui import words as wording
from support.activities.enums import ActivityAnswer
from support.activities.errors import SaysNothing, WishIsAnswered
from support.activities.events import WISH_ANSWERED, WISH_HEARD
from support.activities.models import ActivityWish


@transaction.atomic
def wish_hear(*, case: Case, words: str, said_on: date, actor: User) -> ActivityWish:
    """Whoever may write a note on the case may catch the wish. Raises SaysNothing, CaseIsClosed."""
    require_on(actor, case, Act.NOTE_WRITE)
    if not words.strip():
        raise SaysNothing
    wish = ActivityWish.objects.create(
        case=case, words=words.strip(), said_on=said_on, written_by=actor
    )
    log(actor, LogAction.CHANGED, [case.citizen_id], what="activity_wish")
    record(WISH_HEARD, actor=actor, case=case, subject=wish.reference)
    return wish


@transaction.atomic
def wish_answer(
    *, wish: ActivityWish, answer: ActivityAnswer, answered_on: date, actor: User, text: str = ""
) -> None:
    """What became of it; a second answer is refused. Raises WishIsAnswered."""
    require_on(actor, wish.case, Act.CASE_CHANGE, also_closed=True)
    wish = ActivityWish.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if wish.answered_on is not None:
        raise WishIsAnswered(day=wording.day_as_typed(wish.answered_on))
    wish.answered_on, wish.answered_by = answered_on, actor
    wish.answer, wish.answer_text = answer, text.strip()
    wish.save(update_fields=["answered_on", "answered_by", "answer", "answer_text"])
    log(actor, LogAction.CHANGED, [wish.case.citizen_id], what="activity_wish")
    record(WISH_ANSWERED, actor=actor, case=wish.case, subject=wish.reference, answer=answer.value)
