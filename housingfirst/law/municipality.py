"""R-RSL-9: which municipality acts? Facts in, reasons for and against each one out.

RSL § 9 (as rewritten by act 754 of 13 June 2023). It is a question for a person: nothing here
ranks the municipalities or names one of them. What the statute itself says, and what the appeals
board has looked at in practice, are told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

RULE_ID: Final = "R-RSL-9"


class Weight(StrEnum):
    STATUTE = "statute"
    PRACTICE = "practice"


class Side(StrEnum):
    FOR = "for"
    AGAINST = "against"


class Finding(StrEnum):
    """Something that speaks for or against one municipality."""

    LIVES_HERE = "lives-here"
    PLACED_ELSEWHERE = "placed-elsewhere"
    KEEPS_UNTIL_NEW = "keeps-until-new"
    REGISTERED = "registered"
    STAYED = "stayed"
    SOUGHT_HELP = "sought-help"
    WISHES = "wishes"
    ONLY_IN_ACCOMMODATION = "only-in-accommodation"
    LEFT = "left"


_GROUNDS: Final = {
    Finding.LIVES_HERE: (Side.FOR, Weight.STATUTE, "RSL § 9, stk. 1"),
    Finding.PLACED_ELSEWHERE: (Side.FOR, Weight.STATUTE, "RSL § 9, stk. 3"),
    Finding.KEEPS_UNTIL_NEW: (Side.FOR, Weight.STATUTE, "RSL § 9, stk. 4"),
    Finding.REGISTERED: (Side.FOR, Weight.PRACTICE, "Ankestyrelsens praksis"),
    Finding.STAYED: (Side.FOR, Weight.PRACTICE, "Ankestyrelsens praksis"),
    Finding.SOUGHT_HELP: (Side.FOR, Weight.PRACTICE, "Ankestyrelsens praksis"),
    Finding.WISHES: (Side.FOR, Weight.PRACTICE, "Ankestyrelsens praksis"),
    Finding.ONLY_IN_ACCOMMODATION: (Side.AGAINST, Weight.PRACTICE, "Ankestyrelsens praksis"),
    Finding.LEFT: (Side.AGAINST, Weight.PRACTICE, "Ankestyrelsens praksis"),
}


class Question(StrEnum):
    """What is still to be found out."""

    WHERE_REGISTERED = "where-registered"
    WHERE_STAYED = "where-stayed"
    WHO_PLACED = "who-placed"
    """Someone stays in accommodation: did a municipality contribute to that?"""
    WHAT_CITIZEN_WISHES = "what-citizen-wishes"


class Note(StrEnum):
    """What holds of them all."""

    NOBODY_HAS_STATUTORY_GROUND = "nobody-has-statutory-ground"
    SEVERAL_HAVE_STATUTORY_GROUND = "several-have-statutory-ground"
    """They cannot both be: disputes go to Ankestyrelsen (RSL § 61)."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days [starts_on, ends_on), None while they go on."""

    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One municipality and what is known of the citizen there.

    `home` is an ordinary home, however short; `accommodation` a stay under §§ 107-110, in hospital
    or in prison within its borders. `contributed_to` is a stay in another municipality that this
    one contributed to. `registered` is the address in the civil register, `stayed` actual presence.
    """

    name: str
    home: Period | None = None
    registered: Period | None = None
    stayed: Period | None = None
    accommodation: Period | None = None
    contributed_to: Period | None = None
    acted_until_now: bool = False
    sought_help_on: date | None = None
    citizen_wishes: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """`since` is the day it rests on, where one is known."""

    finding: Finding
    side: Side
    weight: Weight
    law: str
    since: date | None


@dataclass(frozen=True, slots=True)
class CandidateReasons:
    name: str
    reasons: tuple[Reason, ...]

    @property
    def has_statutory_ground(self) -> bool:
        return any(
            reason.side is Side.FOR and reason.weight is Weight.STATUTE for reason in self.reasons
        )


@dataclass(frozen=True, slots=True)
class ActingQuestion:
    """The municipalities in the order they were given, with what speaks for and against each."""

    candidates: tuple[CandidateReasons, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    rule_id: str = RULE_ID


def acting_municipality(candidates: Iterable[Candidate], *, on: date) -> ActingQuestion:
    """What speaks for and against each municipality on `on`.

    Source: RSL § 9, stk. 1, 3 and 4, and the appeals board's practice on homeless citizens.
    """
    given = tuple(candidates)
    found = tuple(CandidateReasons(one.name, tuple(_reasons(one, given, on))) for one in given)
    with_ground = sum(one.has_statutory_ground for one in found)
    notes = []
    if not with_ground:
        notes.append(Note.NOBODY_HAS_STATUTORY_GROUND)
    if with_ground > 1:
        notes.append(Note.SEVERAL_HAVE_STATUTORY_GROUND)
    return ActingQuestion(found, tuple(_questions(given, on)), tuple(notes))


def _reasons(one: Candidate, all_: tuple[Candidate, ...], on: date) -> list[Reason]:
    reasons: list[Reason] = []

    def say(finding: Finding, since: date | None) -> None:
        side, weight, law = _GROUNDS[finding]
        reasons.append(Reason(finding, side, weight, law, since))

    if one.home is not None and one.home.holds_on(on):
        say(Finding.LIVES_HERE, one.home.starts_on)
    if one.contributed_to is not None and one.contributed_to.holds_on(on):
        say(Finding.PLACED_ELSEWHERE, one.contributed_to.starts_on)
    elif (one.contributed_to is not None or one.acted_until_now) and not _has_new(one, all_, on):
        ended = one.contributed_to.ends_on if one.contributed_to else None
        say(Finding.KEEPS_UNTIL_NEW, ended)
    if one.registered is not None and one.registered.holds_on(on):
        say(Finding.REGISTERED, one.registered.starts_on)
    if one.stayed is not None and one.stayed.holds_on(on):
        say(Finding.STAYED, one.stayed.starts_on)
    elif one.stayed is not None:
        say(Finding.LEFT, one.stayed.ends_on)
    if one.sought_help_on is not None and one.sought_help_on <= on:
        say(Finding.SOUGHT_HELP, one.sought_help_on)
    if one.citizen_wishes:
        say(Finding.WISHES, None)
    if one.accommodation is not None and one.accommodation.holds_on(on) and one.home is None:
        say(Finding.ONLY_IN_ACCOMMODATION, one.accommodation.starts_on)
    return reasons


def _has_new(one: Candidate, all_: tuple[Candidate, ...], on: date) -> bool:
    """Whether another municipality has been acquired: the citizen lives there now."""
    return any(
        other is not one and other.home is not None and other.home.holds_on(on) for other in all_
    )


def _questions(given: tuple[Candidate, ...], on: date) -> list[Question]:
    questions = []
    if not any(one.registered for one in given):
        questions.append(Question.WHERE_REGISTERED)
    if not any(one.stayed or one.home for one in given):
        questions.append(Question.WHERE_STAYED)
    is_accommodated = any(
        one.accommodation is not None and one.accommodation.holds_on(on) for one in given
    )
    if is_accommodated and not any(one.contributed_to for one in given):
        questions.append(Question.WHO_PLACED)
    if not any(one.citizen_wishes for one in given):
        questions.append(Question.WHAT_CITIZEN_WISHES)
    return questions
