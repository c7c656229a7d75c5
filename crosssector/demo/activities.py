"""What citizens have said they would like to do, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from support.activities.enums import ActivityAnswer
from support.models import ActivityWish

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

WORDS: Final = (
    "Jeg vil gerne lave mad sammen med nogen.",
    "Jeg savner at svømme.",
    "Jeg kunne godt tænke mig at hjælpe i genbrugsbutikken.",
    "Noget med cykler, det er jeg god til.",
    "Jeg vil gerne spille musik igen.",
)
ASKED: Final = 25
"""Every so many cases with an adviser."""
ANSWERED: Final = 0.6


def hear_wishes(lives: Lives) -> None:
    """Some wishes are answered within days; some wait."""
    rows = lives.rows
    known = [p for p in lives.people if p.adviser is not None and p.case.closed_on is None]
    for person in known[:: max(len(known) // ASKED, 1)]:
        said_on = max(rows.today - rows.days(0, 30), person.case.opened_on)
        wish = rows.add(
            ActivityWish(
                case=person.case,
                words=rows.random.choice(WORDS),
                said_on=said_on,
                written_by=person.adviser,
            )
        )
        answered_on = said_on + timedelta(days=rows.random.randint(1, 6))
        if rows.chance(ANSWERED) and answered_on <= rows.today:
            wish.answered_on, wish.answered_by = answered_on, person.adviser
            wish.answer = rows.random.choice((ActivityAnswer.STARTED, ActivityAnswer.PASSED_ON))
            wish.answer_text = "Aftalt med værestedet, første gang tirsdag."
