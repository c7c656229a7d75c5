"""The clocks of a CTI course (S2): reviews, hand-over, what follows, contacts of the first month.

The days are those of `housingfirst.law.cti`, counted by the sweep in SQL from the first day of
phase 1. PostgreSQL adds months as the law does: the last day of a month that is too short.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Act
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.law.cti import FIRST_MONTH_CONTACTS, PHASE_MONTHS, PHASES
from housingfirst.law.days import COPENHAGEN
from housingfirst.lawbook.expressions import chosen_number, days_before
from housingfirst.ui import words
from support.enrolments.enums import PhaseKind
from support.enrolments.models import Enrolment, Phase
from support.methods.enums import Method, SupportSection
from support.methods.models import SupportDecision
from support.milestones.enums import REVIEW_OF, MilestoneKind
from support.milestones.models import Milestone
from support.visits.enums import Outcome
from support.visits.models import Visit

REVIEW: Final = "cti_review"
CONTACTS: Final = "cti_contacts"
FOLLOW_ON: Final = "cti_follow_on"
HAND_OVER: Final = "cti_hand_over"
SOURCE: Final = _("CTI, the method's calendar")


def register() -> None:
    _kind(
        REVIEW,
        title=_("Hold the review: %(phase)s"),
        why=_("The phase ends on %(ends)s. The review is held with the citizen before."),
        cost=_("Without it the next phase has no focus areas that the citizen has chosen."),
        act=_("Register the review"),
        loss=65,
        facts=_reviews,
        case_lookup="enrolment__case",
        warning_days=(14, 2),
    )
    _kind(
        CONTACTS,
        title=_("Two contacts in the first month: %(held)s held"),
        why=_("Phase 1 began on %(phase_1)s."),
        cost=_("The first month decides whether the contact holds after the move."),
        act=_("See the course"),
        loss=55,
        facts=_contacts,
        case_lookup="case",
        warning_days=(14, 5),
    )
    _kind(
        FOLLOW_ON,
        title=_("Decide what follows the course"),
        why=_("The last day of the course is %(last)s, and continuing support takes its time."),
        cost=_("Applied for later, the citizen is without support for a while."),
        act=_("Register what follows"),
        loss=35,
        facts=_follow_ons,
        case_lookup="case",
        warning_days=(30, 7),
    )
    _kind(
        HAND_OVER,
        title=_("Agree on the hand-over"),
        why=_("The last day of the course is %(last)s."),
        cost=_("What nobody takes over ends with the course."),
        act=_("Register the hand-over"),
        loss=50,
        facts=_hand_overs,
        case_lookup="case",
        warning_days=(30, 7),
    )


def _kind(
    key: str,
    *,
    title: str | Promise,
    why: str | Promise,
    cost: str | Promise,
    act: str | Promise,
    loss: int,
    facts: Callable[[date], QuerySet[Any]],
    case_lookup: str,
    warning_days: tuple[int, int],
) -> None:
    register_kind(
        DeadlineKind(
            key=key,
            title=title,
            why=why,
            cost=cost,
            act=act,
            source=SOURCE,
            is_statutory=False,
            loss=loss,
            facts=facts,
            case_lookup=case_lookup,
            url=_url,
            gate=on_case(Act.CASE_CHANGE),
            warning_days=warning_days,
            text_params=_words,
        )
    )


def _courses() -> QuerySet[Any]:
    """Running CTI courses whose phases have their days."""
    courses: QuerySet[Any] = Enrolment.objects.active().filter(
        method=Method.CTI, phase_1_on__isnull=False, case__unit__isnull=False
    )
    after = _months(F("phase_1_on"), PHASES * PHASE_MONTHS)
    found: QuerySet[Any] = courses.annotate(
        after_on=after,
        last_on=days_before(after, Value(1)),
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("case__municipality_id"),
        fact_unit_id=F("case__unit_id"),
        fact_person_id=F("worker_id"),
        fact_case_id=F("case_id"),
    )
    return found


def _held(kind: MilestoneKind) -> Exists:
    return Exists(Milestone.objects.filter(enrolment=OuterRef("pk"), kind=kind))


def _reviews(day: date) -> QuerySet[Any]:
    """Of each phase that has begun, until its review is held, or that of a later one is."""
    not_held = Q()
    for phase, own in REVIEW_OF.items():
        later = [kind for kind in REVIEW_OF.values() if kind >= own]
        held = Milestone.objects.filter(enrolment=OuterRef("enrolment"), kind__in=later)
        not_held |= Q(~Exists(held), kind=phase)
    phases: QuerySet[Any] = Phase.objects.filter(
        not_held,
        enrolment__ended_on__isnull=True,
        enrolment__case__unit__isnull=False,
        starts_on__lte=day,
        ends_on__isnull=False,
    )
    is_last = Q(kind=PhaseKind.HAND_OVER)
    before = chosen_number("cti.review_days", municipality="enrolment__case__municipality")
    due: QuerySet[Any] = phases.annotate(
        # The review of the last phase is counted from its last day, the others from the change.
        turns_on=days_before(F("ends_on"), Case(When(is_last, then=1), default=0)),
        fact_object_key=Concat(
            as_text("enrolment__reference"), Value(":"), F("kind"), output_field=CharField()
        ),
        fact_municipality_id=F("enrolment__case__municipality_id"),
        fact_unit_id=F("enrolment__case__unit_id"),
        fact_person_id=F("enrolment__worker_id"),
        fact_case_id=F("enrolment__case_id"),
        fact_due_on=days_before(F("turns_on"), before),
        fact_params=JSONObject(
            course=as_text("enrolment__reference"), phase=F("kind"), ends=as_text("turns_on")
        ),
    )
    return due


def _contacts(day: date) -> QuerySet[Any]:
    """From phase 1 on, until so many contacts are held."""
    held = (
        Visit.objects.filter(case=OuterRef("case"), outcome__in=[Outcome.MET, Outcome.PHONE])
        .annotate(on=TruncDate("happened_at", tzinfo=COPENHAGEN))
        .filter(on__gte=OuterRef("phase_1_on"))
        .order_by()
        .values("case")
        .annotate(n=Count("pk"))
        .values("n")
    )
    due: QuerySet[Any] = (
        _courses()
        .annotate(held=Coalesce(Subquery(held), 0))
        .filter(phase_1_on__lte=day, held__lt=FIRST_MONTH_CONTACTS)
        .annotate(
            fact_due_on=_months(F("phase_1_on"), 1),
            fact_params=JSONObject(held=F("held"), phase_1=as_text("phase_1_on")),
        )
    )
    return due


def _follow_ons(day: date) -> QuerySet[Any]:
    """Until it is registered, or support that goes on is decided during the course."""
    decided = SupportDecision.objects.filter(
        case=OuterRef("case"), section=SupportSection.S85, decided_on__gte=OuterRef("phase_1_on")
    )
    ahead = chosen_number("cti.waiting_days", municipality="case__municipality") + chosen_number(
        "cti.margin_days", municipality="case__municipality"
    )
    due: QuerySet[Any] = (
        _courses()
        .filter(~_held(MilestoneKind.FOLLOW_ON), ~Exists(decided))
        .annotate(
            fact_due_on=days_before(F("last_on"), ahead),
            fact_params=_of_course(MilestoneKind.FOLLOW_ON),
        )
    )
    return due


def _hand_overs(day: date) -> QuerySet[Any]:
    due: QuerySet[Any] = (
        _courses()
        .filter(~_held(MilestoneKind.HAND_OVER))
        .annotate(
            fact_due_on=_months(F("after_on"), -1),
            fact_params=_of_course(MilestoneKind.HAND_OVER),
        )
    )
    return due


def _of_course(kind: MilestoneKind) -> JSONObject:
    return JSONObject(course=as_text("reference"), kind=Value(kind.value), last=as_text("last_on"))


def _months(on: Combinable, n: int) -> Func:
    return Func(
        Cast(on, DateField()),
        Value(f"{n} months"),
        template="(%(expressions)s::interval)::date",
        arg_joiner=" + ",
        output_field=DateField(),
    )


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    said: dict[str, Any] = {
        key: words.day(date.fromisoformat(params[key]), today=today, weekday=False)
        for key in ("ends", "last", "phase_1")
        if params.get(key)
    }
    if "phase" in params:
        said["phase"] = words.inside(PhaseKind(params["phase"]).label)
    if "held" in params:
        said["held"] = params["held"]
    return said


def _url(deadline: Deadline) -> str:
    case = deadline.case
    assert case is not None  # each of these kinds gives a case
    if "course" not in deadline.params:
        return reverse("support:support_tab", args=[case.reference])
    kind = deadline.params.get("kind") or REVIEW_OF[PhaseKind(deadline.params["phase"])].value
    args = [case.reference, deadline.params["course"], kind]
    return reverse("support:milestone_hold", args=args)
