"""Which municipality acts (RSL § 9)? What is known beforehand, and the law's reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.shelters.models import Notice, Stay
from housingfirst.law.municipality import (
    ActingQuestion,
    CandidateReasons,
    Finding,
    Note,
    Question,
    Reason,
    Side,
    Weight,
)
from housingfirst.ui import words

FINDINGS: Final[Mapping[Finding, str | Promise]] = {
    Finding.LIVES_HERE: gettext_lazy("The citizen has a home there"),
    Finding.PLACED_ELSEWHERE: gettext_lazy("It contributed to the stay elsewhere, which lasts"),
    Finding.KEEPS_UNTIL_NEW: gettext_lazy("It stays the acting one until there is a new one"),
    Finding.REGISTERED: gettext_lazy("Registered address there"),
    Finding.STAYED: gettext_lazy("The citizen stays there"),
    Finding.SOUGHT_HELP: gettext_lazy("The citizen sought help there"),
    Finding.WISHES: gettext_lazy("The citizen wishes it"),
    Finding.ONLY_IN_ACCOMMODATION: gettext_lazy(
        "Is there only in a shelter, a facility, a hospital or a prison"
    ),
    Finding.LEFT: gettext_lazy("The citizen has left"),
}
QUESTIONS: Final[Mapping[Question, str | Promise]] = {
    Question.WHERE_REGISTERED: gettext_lazy("Where is the citizen's registered address?"),
    Question.WHERE_STAYED: gettext_lazy("Where has the citizen really stayed?"),
    Question.WHO_PLACED: gettext_lazy(
        "Did a municipality contribute to the citizen's stay where they are now?"
    ),
    Question.WHAT_CITIZEN_WISHES: gettext_lazy("What does the citizen wish?"),
}
NOTES: Final[Mapping[Note, str | Promise]] = {
    Note.NOBODY_HAS_STATUTORY_GROUND: gettext_lazy(
        "Nothing in the statute speaks for any of them. Then practice is weighed: registered "
        "address, real stay, wish, and where help was sought."
    ),
    Note.SEVERAL_HAVE_STATUTORY_GROUND: gettext_lazy(
        "The statute speaks for more than one, and only one can act. If you do not agree, the case "
        "goes to Ankestyrelsen (RSL § 61); the citizen is helped meanwhile."
    ),
}
REMARK_LENGTH: Final = 500


@dataclass(frozen=True, slots=True)
class ToldReason:
    text: str
    law: str
    is_statute: bool


@dataclass(frozen=True, slots=True)
class ToldCandidate:
    name: str
    for_it: list[ToldReason]
    against: list[ToldReason]


@dataclass(frozen=True, slots=True)
class Told:
    candidates: list[ToldCandidate]
    questions: list[str]
    notes: list[str]
    remark: str
    """The statute's reasons in one line, as a remark to the answer."""


def known_of(notice: Notice) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the system knows of the municipality that is asked, and of the shelter's own.

    The one asked has acted if the citizen had stays before this one of which it was the acting
    municipality; the shelter's municipality is where the citizen is accommodated.
    """
    stay = notice.stay
    asked, place = notice.municipality, stay.shelter.unit.municipality
    acted = Stay.objects.filter(
        citizen=stay.citizen_id, case__municipality=asked, admitted_on__lt=stay.admitted_on
    ).exists()
    ours: dict[str, Any] = {"name": asked.name, "acted_until_now": acted}
    theirs: dict[str, Any] = {}
    if place == asked:
        ours["accommodation_from"] = stay.admitted_on
    else:
        theirs = {"name": place.name, "accommodation_from": stay.admitted_on}
    return ours, theirs


def told(question: ActingQuestion, today: date) -> Told:
    """The law's answer in words; it names no municipality as the one."""
    return Told(
        candidates=[
            ToldCandidate(
                one.name,
                [_reason(reason, today) for reason in one.reasons if reason.side is Side.FOR],
                [_reason(reason, today) for reason in one.reasons if reason.side is Side.AGAINST],
            )
            for one in question.candidates
        ],
        questions=[str(QUESTIONS[one]) for one in question.questions],
        notes=[str(NOTES[one]) for one in question.notes],
        remark=_remark(question.candidates, today),
    )


def _reason(reason: Reason, today: date) -> ToldReason:
    text = str(FINDINGS[reason.finding])
    if reason.since is not None:
        text = _("%(what)s, %(day)s") % {
            "what": text,
            "day": words.day(reason.since, today=today, weekday=False),
        }
    return ToldReason(text, reason.law, reason.weight is Weight.STATUTE)


def _remark(candidates: tuple[CandidateReasons, ...], today: date) -> str:
    parts = [
        f"{one.name}: {words.inside(_reason(reason, today).text)} ({reason.law})"
        for one in candidates
        for reason in one.reasons
        if reason.weight is Weight.STATUTE
    ]
    return "; ".join(parts)[:REMARK_LENGTH]
