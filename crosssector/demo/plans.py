"""Assessments and plans of those who stay, or stayed, at a shelter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cases.models import PlanRecord
from cases.plans.enums import Participation, PlanKind
from crosssector.demo.rows import at
from housing.models import Stay
from housing.shelters.enums import Section

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

POINTS: Final = (
    "Egen bolig med lav husleje. Støtte fra indflytningen. Ro om natten.",
    "Bolig nær bussen. Hjælp til post og betalinger. Kontakt til sin søn.",
    "Et sted med dør og køkken. Læge og tandlæge. En at ringe til om aftenen.",
)
PRESENT: Final = ("Kontaktpersonen på boformen", "Bostøtten", "")

LATE: Final = timedelta(days=9)


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
