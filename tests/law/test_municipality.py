"""Which municipality acts? Reasons for and against each, and never a verdict."""

from datetime import date

from housingfirst.law.municipality import (
    Candidate,
    CandidateReasons,
    Finding,
    Note,
    Period,
    Question,
    Side,
    Weight,
    acting_municipality,
)

ON = date(2026, 11, 22)
SINCE = Period(date(2026, 9, 1))
PAST = Period(date(2026, 1, 1), date(2026, 9, 1))


def found(one: CandidateReasons) -> list[Finding]:
    return [reason.finding for reason in one.reasons]


def test_where_the_citizen_lives() -> None:
    question = acting_municipality(
        [Candidate("Fjordby", home=SINCE, registered=SINCE, citizen_wishes=True)], on=ON
    )
    (fjordby,) = question.candidates
    assert found(fjordby) == [Finding.LIVES_HERE, Finding.REGISTERED, Finding.WISHES]
    first = fjordby.reasons[0]
    assert (first.side, first.weight, first.law, first.since) == (
        Side.FOR,
        Weight.STATUTE,
        "RSL § 9, stk. 1",
        date(2026, 9, 1),
    )
    assert (question.questions, question.notes, question.rule_id) == ((), (), "R-RSL-9")


def test_who_contributed_to_a_stay_elsewhere_stays_responsible_during_it_and_after() -> None:
    shelter = Candidate("Skovby", accommodation=SINCE)
    during = acting_municipality([Candidate("Fjordby", contributed_to=SINCE), shelter], on=ON)
    assert [found(one) for one in during.candidates] == [
        [Finding.PLACED_ELSEWHERE],
        [Finding.ONLY_IN_ACCOMMODATION],
    ]
    after = acting_municipality([Candidate("Fjordby", contributed_to=PAST)], on=ON)
    (kept,) = after.candidates
    assert found(kept) == [Finding.KEEPS_UNTIL_NEW]
    assert kept.reasons[0].since == date(2026, 9, 1)


def test_long_unknown_whereabouts_leave_it_with_the_first() -> None:
    first = Candidate("Fjordby", acted_until_now=True, stayed=PAST)
    question = acting_municipality([first, Candidate("Skovby", accommodation=SINCE)], on=ON)
    fjordby, skovby = question.candidates
    assert found(fjordby) == [Finding.KEEPS_UNTIL_NEW, Finding.LEFT]
    assert not skovby.has_statutory_ground
    assert Question.WHO_PLACED in question.questions


def test_a_home_however_short_is_a_new_municipality() -> None:
    week = Period(date(2026, 11, 12))
    question = acting_municipality(
        [
            Candidate("Fjordby", acted_until_now=True, contributed_to=PAST),
            Candidate("Skovby", home=week, registered=week, stayed=week),
        ],
        on=ON,
    )
    fjordby, skovby = question.candidates
    assert found(fjordby) == []
    assert found(skovby) == [Finding.LIVES_HERE, Finding.REGISTERED, Finding.STAYED]


def test_practice_alone_settles_nothing() -> None:
    question = acting_municipality(
        [Candidate("Fjordby", stayed=SINCE, sought_help_on=date(2026, 10, 1)), Candidate("Skovby")],
        on=ON,
    )
    assert found(question.candidates[0]) == [Finding.STAYED, Finding.SOUGHT_HELP]
    assert question.notes == (Note.NOBODY_HAS_STATUTORY_GROUND,)
    assert question.questions == (Question.WHERE_REGISTERED, Question.WHAT_CITIZEN_WISHES)


def test_two_with_a_ground_in_the_statute_is_a_dispute() -> None:
    question = acting_municipality(
        [Candidate("Fjordby", contributed_to=SINCE), Candidate("Skovby", home=SINCE)], on=ON
    )
    assert question.notes == (Note.SEVERAL_HAVE_STATUTORY_GROUND,)


def test_what_has_not_begun_says_nothing_yet() -> None:
    later = Period(date(2026, 12, 1))
    question = acting_municipality(
        [
            Candidate(
                "Fjordby",
                home=later,
                registered=later,
                accommodation=later,
                sought_help_on=date(2026, 12, 1),
            )
        ],
        on=ON,
    )
    assert found(question.candidates[0]) == []


def test_the_order_given_is_the_order_shown() -> None:
    names = ["Skovby", "Fjordby", "Aby"]
    question = acting_municipality([Candidate(name) for name in names], on=ON)
    assert [one.name for one in question.candidates] == names
    assert question.questions == (
        Question.WHERE_REGISTERED,
        Question.WHERE_STAYED,
        Question.WHAT_CITIZEN_WISHES,
    )
