"""Where a decision and its complaint stand by the law, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.casework.models import Case
from cases.casework.remedies import Decided, Remedy
from crosssector.complaints.models import DECISIONS, Complaint, Stage
from crosssector.complaints.sources import is_told_later, told_days
from housingfirst.access.enums import Act
from housingfirst.law.complaints import COMPLAINT_TERMS, ComplaintReason
from housingfirst.law.complaints import Complaint as Clock
from housingfirst.law.complaints import complaint as clock_of
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words

Tone = Literal["over", "now", "done", ""]

TEXTS: Final[Mapping[ComplaintReason, tuple[Tone, str | Promise]]] = {
    ComplaintReason.MAY_COMPLAIN: (
        "",
        gettext_lazy("The citizen may complain through %(last)s (%(why)s)."),
    ),
    ComplaintReason.NO_LONGER: (
        "",
        gettext_lazy("The time to complain ended on %(last)s (%(why)s)."),
    ),
    ComplaintReason.TOO_LATE: (
        "now",
        gettext_lazy(
            "The complaint came after %(last)s (%(why)s). Send it on: Ankestyrelsen may look away "
            "from that."
        ),
    ),
    ComplaintReason.RECONSIDER: (
        "now",
        gettext_lazy("A complaint has come. Look at the decision again by %(by)s."),
    ),
    ComplaintReason.RECONSIDER_OVERDUE: (
        "over",
        gettext_lazy("A complaint has come. The decision was to be looked at again by %(by)s."),
    ),
    ComplaintReason.RECONSIDERED_IN_TIME: (
        "",
        gettext_lazy("Looked at again after a complaint, in time."),
    ),
    ComplaintReason.RECONSIDERED_LATE: (
        "",
        gettext_lazy("Looked at again after a complaint, too late: it was due on %(by)s."),
    ),
}

_STAGES: Final[Mapping[Stage, str | Promise]] = {
    Stage.FORWARD: gettext_lazy("It is to be sent on to Ankestyrelsen."),
    Stage.AT_BOARD: gettext_lazy("It is with Ankestyrelsen."),
}


def clock(case: Case, told_on: date, today: date, complaint: Complaint | None = None) -> Clock:
    """The law's clock of a decision, by the municipality's choices."""
    choices = choices_of(case.municipality_id)
    return clock_of(
        told_on,
        on=today,
        received_on=complaint.received_on if complaint else None,
        reconsidered_on=complaint.reassessed_on if complaint else None,
        settings=choices.complaints,
        calendar=choices.calendar,
    )


def said(
    clock: Clock, today: date, complaint: Complaint | None = None, *, is_told: bool = True
) -> tuple[Tone, str]:
    """How pressing it is, and the sentence with its reason.

    Without `is_told` the weeks run from the decision, as no other day is registered.
    """
    if complaint is not None and (ended := _end(complaint, today)):
        return "", ended
    tone, text = TEXTS[clock.reason]
    if complaint is not None and complaint.stage is Stage.AT_BOARD:
        tone = ""
        if clock.reason is ComplaintReason.TOO_LATE:
            text = _("The complaint came after %(last)s (%(why)s).")
    facts = {
        "last": words.day(clock.last_on, today=today),
        "by": words.day(clock.reconsider_by, today=today) if clock.reconsider_by else "",
        "why": why(clock, today, is_told=is_told),
    }
    stage = str(_STAGES.get(complaint.stage, "")) if complaint else ""
    return tone, words.sentence(f"{str(text) % facts} {stage}".strip())


def _end(complaint: Complaint, today: date) -> str:
    """How it ended outside the municipality; "" where it did not."""
    if complaint.withdrawn_on is not None:
        day = words.day(complaint.withdrawn_on, today=today, weekday=False)
        return words.sentence(_("The complaint was withdrawn on %(day)s.") % {"day": day})
    if complaint.answered_on is not None:
        day = words.day(complaint.answered_on, today=today, weekday=False)
        answer = words.inside(complaint.get_board_answer_display())
        text = _("Ankestyrelsen answered on %(day)s: %(answer)s.")
        return words.sentence(text % {"day": day, "answer": answer})
    return ""


def is_late(clock: Clock, complaint: Complaint) -> bool:
    """Whether the complaint came after the last day."""
    return complaint.received_on > clock.last_on


def why(clock: Clock, today: date, *, is_told: bool = True) -> str:
    """From which day and how long; and that the last day was moved."""
    weeks = COMPLAINT_TERMS.on(clock.told_on).value.complaint_weeks
    text = (
        ngettext("%(n)s week from the letter %(day)s", "%(n)s weeks from the letter %(day)s", weeks)
        if is_told
        else ngettext(
            "%(n)s week from the decision %(day)s", "%(n)s weeks from the decision %(day)s", weeks
        )
    )
    said = text % {"n": weeks, "day": words.day(clock.told_on, today=today, weekday=False)}
    if clock.last_on != clock.told_on + timedelta(weeks=weeks):
        said = _("%(weeks)s, moved to the next working day") % {"weeks": said}
    return said


def remedies(case: Case, decided: Iterable[Decided], today: date) -> dict[UUID, Remedy]:
    """What stands beside each decision of a case that came through `case_for`. Two queries.

    That there is a complaint is told to those who see the whole case.
    """
    by_decision = complaints_by_decision(case) if Act.CASE_WHOLE in case.rights else {}
    told = told_days(case)
    return {
        one.reference: _remedy(
            case, one, today, told.get(one.reference), by_decision.get(one.reference)
        )
        for one in decided
    }


def complaints_by_decision(case: Case) -> dict[UUID, Complaint]:
    """The complaint about each decision that is not withdrawn."""
    rows = Complaint.objects.filter(case=case, withdrawn_on__isnull=True)
    rows = rows.select_related(*DECISIONS)
    return {row.decision_reference: row for row in rows}


def _remedy(
    case: Case, one: Decided, today: date, told_on: date | None, complaint: Complaint | None
) -> Remedy:
    if complaint is not None:
        told_on = complaint.told_on
    is_told = is_told_later(one.told_on, told_on)
    clocked = clock(case, told_on if is_told and told_on else one.told_on, today, complaint)
    tone, text = said(clocked, today, complaint, is_told=is_told)
    if complaint is not None:
        url = reverse("crosssector:complaint", args=[complaint.reference])
        return Remedy(text, tone, _("See the complaint"), url)
    if Act.SUPPORT_DECIDE in case.rights:
        url = reverse("crosssector:complaint_new", args=[case.reference, one.reference])
        return Remedy(text, tone, _("Register a complaint"), url)
    return Remedy(text, tone)
