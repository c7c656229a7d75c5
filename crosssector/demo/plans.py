"""Assessments and plans of those who stay, or stayed, at a shelter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cases.models import PlanRecord
from cases.plans.enums import Participation, PlanKind
from crosssector.demo.rows import at
from housing.models import ListMembership, Stay
from housing.shelters.enums import Section
from support.enrolments.enums import PhaseKind
from support.milestones.enums import MilestoneKind
from support.models import Milestone, Phase

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

POINTS: Final = (
    "Egen bolig med lav husleje. Støtte fra indflytningen. Ro om natten.",
    "Bolig nær bussen. Hjælp til post og betalinger. Kontakt til sin søn.",
    "Et sted med dør og køkken. Læge og tandlæge. En at ringe til om aftenen.",
)
PRESENT: Final = ("Kontaktpersonen på boformen", "Bostøtten", "")

LATE: Final = timedelta(days=9)


ORGANISATIONS: Final = ("Fjordbo", "Havnebo", "Andelsboligforeningen Strand")
REVIEWED: Final = {
    PhaseKind.TRANSITION: MilestoneKind.REVIEW_1,
    PhaseKind.TRY_OUT: MilestoneKind.REVIEW_2,
    PhaseKind.HAND_OVER: MilestoneKind.REVIEW_3,
}


def sign_up_the_residents(lives: Lives) -> None:
    """Most are on an ordinary list within the week; some are not yet."""
    rows = lives.rows
    advisers = {id(person.case): person.adviser for person in lives.people}
    listed: set[int] = set()
    for stay in list(rows.of(Stay)):
        writer = advisers.get(id(stay.case)) or stay.registered_by
        joined_on = stay.admitted_on + rows.days(0, 9)
        if id(stay.case) in listed or joined_on > rows.today or rows.chance(0.12):
            continue
        listed.add(id(stay.case))
        rows.add(
            ListMembership(
                case=stay.case,
                name=rows.random.choice(ORGANISATIONS),
                joined_on=joined_on,
                written_by=writer,
            )
        )


def hold_the_reviews(lives: Lives) -> None:
    """The reviews of phases that have ended, and of some that are about to."""
    rows = lives.rows
    for phase in list(rows.of(Phase)):
        course = phase.enrolment
        kind = REVIEWED.get(PhaseKind(phase.kind))
        if kind is None or phase.ends_on is None or course.worker is None:
            continue
        held_on = phase.ends_on - rows.days(3, 20)
        if held_on >= rows.today or rows.chance(0.1):
            continue
        rows.add(Milestone(enrolment=course, kind=kind, held_on=held_on, written_by=course.worker))


def plan_the_stays(lives: Lives) -> None:
    """Most who stay more than some weeks have both; some come late, a few are missing."""
    rows = lives.rows
    advisers = {id(person.case): person.adviser for person in lives.people}
    for stay in list(rows.of(Stay)):
        adviser = advisers.get(id(stay.case))
        if adviser is None or stay.shelter.section != Section.S110:
            continue
        last = stay.discharged_on or rows.today
        for kind, earliest, latest in (
            (PlanKind.ASSESSMENT, 12, 26),
            (PlanKind.SHELTER_PLAN, 18, 36),
        ):
            made_on = stay.admitted_on + rows.days(earliest, latest)
            if made_on >= last or rows.chance(0.12):
                continue
            plan = rows.add(
                PlanRecord(
                    case=stay.case,
                    kind=kind,
                    made_on=made_on,
                    participation=(
                        Participation.DECLINED if rows.chance(0.1) else Participation.TOOK_PART
                    ),
                    present=rows.random.choice(PRESENT),
                    text=rows.random.choice(POINTS),
                    follow_up_on=follow_up(lives, stay, kind, made_on),
                    written_by=adviser,
                )
            )
            rows.event(
                "plan.made", stay.case, at(made_on, 14), adviser, plan.reference,
                plan_kind=kind.value, made_on=made_on,
            )  # fmt: skip


def follow_up(lives: Lives, stay: Stay, kind: PlanKind, made_on: date) -> date | None:
    """Those who stay have a day ahead of them, a few one that has just passed; a plan that was
    for a stay that has ended is followed up."""
    if kind != PlanKind.SHELTER_PLAN or stay.discharged_on is not None:
        return None
    rows = lives.rows
    if rows.chance(0.08) and rows.today - made_on > LATE:
        return rows.today - rows.days(1, LATE.days - 1)
    return rows.today + rows.days(6, 70)
