"""What the pages of a course show of its milestones."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from support.enrolments.course import Course
from support.milestones.enums import MilestoneKind
from support.milestones.models import Milestone


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone of a running course: due on a day, held or not."""

    kind: MilestoneKind
    due_on: date
    held: Milestone | None

    @property
    def margin_days(self) -> int:
        """How early it was held; negative when late. 0 while it is not held."""
        return (self.due_on - self.held.held_on).days if self.held else 0


def milestones_of(courses: Collection[Course]) -> dict[int, list[Line]]:
    """The milestones of each CTI course with days, by the course's id: one query or none."""
    dated = [course for course in courses if course.dates is not None]
    if not dated:
        return {}
    found = {
        (row.enrolment_id, row.kind): row
        for row in Milestone.objects.filter(enrolment__in=[c.enrolment.pk for c in dated])
    }
    lines: dict[int, list[Line]] = {}
    for course in dated:
        dates, enrolment = course.dates, course.enrolment
        assert dates is not None  # of those above
        due = dict(zip(_REVIEWS, dates.reviews_on, strict=True)) | {
            MilestoneKind.FOLLOW_ON: dates.application_due_on,
            MilestoneKind.HAND_OVER: dates.handover_due_on,
        }
        lines[enrolment.pk] = sorted(
            (Line(kind, on, found.get((enrolment.pk, kind))) for kind, on in due.items()),
            key=lambda line: (line.due_on, line.kind),
        )
    return lines


_REVIEWS = (MilestoneKind.REVIEW_1, MilestoneKind.REVIEW_2, MilestoneKind.REVIEW_3)
