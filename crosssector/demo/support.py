"""Decisions on support, courses with their phases, and visits."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from crosssector.demo.names import MISSED_VISITS, VISITS
from crosssector.demo.rows import at
from housingfirst.law.days import add_months
from support.enrolments.enums import EndReason, PhaseKind
from support.methods.enums import Method, SupportSection, WishAnswer
from support.models import Enrolment, Phase, SupportDecision, Visit
from support.visits.enums import Channel, Outcome

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person
    from housingfirst.access.models import User


DAY = timedelta(days=1)
MISSED = (Outcome.NOT_THERE, Outcome.CANCELLED)
MONTHLY_COST = {
    Method.CTI: Decimal("6200"),
    Method.ICM: Decimal("8400"),
    Method.ACT: Decimal("11900"),
}


def support(lives: Lives, person: Person, discharged: date, start: date) -> None:
    """§ 85 a: mostly decided in time, sometimes too late, with phases and visits."""
    rows, town = lives.rows, lives.town
    luck = rows.random.random()
    if luck > 0.93 or person.adviser is None:
        return
    decided = discharged + rows.days(1, 12) if luck > 0.84 else discharged - rows.days(2, 18)
    if decided >= rows.today:
        return
    if any(True for e in person_enrolments(lives, person) if e.ended_on is None):
        return
    method = rows.random.choice((Method.CTI, Method.CTI, Method.CTI, Method.ICM, Method.ACT))
    wish = rows.chance(0.4)
    decision = rows.add(
        SupportDecision(
            case=person.case,
            section=SupportSection.S85A,
            method=method,
            decided_on=decided,
            starts_on=max(start, decided),
            monthly_cost_dkk=MONTHLY_COST[method],
            provider_wish="Kontaktpersonen fra boformen" if wish else "",
            wish_answer=WishAnswer.FOLLOWED if wish else WishAnswer.NONE,
            reasons="Har brug for støtte til at etablere sig og holde fast i hjemmet.",
            decided_by=person.adviser,
        )
    )
    rows.event(
        "support.decided", person.case, at(decided, 11), person.adviser, decision.reference,
        method=method.value, section=SupportSection.S85A.value,
    )  # fmt: skip
    begins = max(start, decided)
    if begins > rows.today:
        return
    worker = town.pick(rows, "support_worker")
    enrolment = rows.add(
        Enrolment(
            case=person.case,
            decision=decision,
            method=method,
            worker=worker,
            started_on=decided,
            phase_1_on=begins if method == Method.CTI else None,
        )
    )
    lives.enrolments.setdefault(person.case.reference, []).append(enrolment)
    rows.event(
        "enrolment.started", person.case, at(decided, 12), worker, enrolment.reference,
        method=method.value,
    )  # fmt: skip
    last = rows.today
    if method == Method.CTI:
        if decided < begins:
            rows.add(
                Phase(
                    enrolment=enrolment, kind=PhaseKind.CONTACT, starts_on=decided, ends_on=begins
                )
            )
        kinds = (PhaseKind.TRANSITION, PhaseKind.TRY_OUT, PhaseKind.HAND_OVER)
        for number, kind in enumerate(kinds):
            rows.add(
                Phase(
                    enrolment=enrolment,
                    kind=kind,
                    starts_on=add_months(begins, 3 * number),
                    ends_on=add_months(begins, 3 * number + 3),
                )
            )
        over = add_months(begins, 9)
        if over < rows.today - 10 * DAY:
            enrolment.ended_on, enrolment.end_reason = over, EndReason.COMPLETED
            last = over
            rows.event(
                "enrolment.ended", person.case, at(over, 12), worker, enrolment.reference,
                method=method.value, reason=EndReason.COMPLETED.value,
            )  # fmt: skip
    visits(lives, person, enrolment, begins, last, worker)


def person_enrolments(lives: Lives, person: Person) -> list[Enrolment]:
    return lives.enrolments.get(person.case.reference, [])


def visits(
    lives: Lives, person: Person, enrolment: Enrolment, start: date, end: date, worker: User
) -> None:
    rows = lives.rows
    day, step = start, 4
    visit: Visit | None = None
    while day < end:
        outcome = rows.random.choices(
            list(Outcome), weights=(70, 14, 10, 6)
        )[0]  # fmt: skip
        when = at(day, rows.random.randint(8, 18), rows.random.choice((0, 15, 30, 45)))
        if visit is not None:
            visit.next_on = day
        visit = rows.add(
            Visit(
                case=person.case,
                enrolment=enrolment,
                worker=worker,
                happened_at=when,
                outcome=outcome,
                channel=Channel.PHONE if outcome == Outcome.PHONE else Channel.HOME,
                minutes=rows.random.choice((15, 30, 45, 60, 90)),
                sentence=rows.random.choice(
                    MISSED_VISITS if outcome in MISSED else VISITS,
                ),
                form_key=rows.uuid(),
            )
        )
        rows.event(
            "visit.logged", person.case, when, worker, visit.reference,
            outcome=outcome.value,
        )  # fmt: skip
        step = min(step + rows.random.choice((0, 0, 1)), 21)
        day += timedelta(days=step + rows.random.randint(0, 5))
    if visit is not None and enrolment.ended_on is None:
        visit.next_on = rows.today + rows.days(-2, 6)
