"""Deadlines of the notices: sent by the shelter, answered by the municipality."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.shelters.enums import ActingAnswer, NoticeKind
from housing.shelters.models import Notice
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.deadlines.kinds import (
    WAITS_FOR,
    DeadlineKind,
    as_text,
    in_unit,
    on_case,
    register_kind,
)
from housingfirst.deadlines.models import Deadline
from housingfirst.law.days import COPENHAGEN
from housingfirst.ui import words

NOTICE_STEPS = (3, 1)
"""A notice is on the list from the first day, and pressing from the day before its last."""


def _unsent(kind: NoticeKind) -> QuerySet[Notice]:
    """The shelter's own: it has not been sent."""
    return Notice.objects.filter(kind=kind, sent_at__isnull=True).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("stay__shelter__unit__municipality"),
        fact_unit_id=F("stay__shelter__unit"),
        fact_case_id=F("stay__case"),
        fact_due_on=F("due_on"),
        fact_params=JSONObject(
            municipality=F("municipality__name"),
            day=as_text("decided_on"),
            planned=Case(When(stay__discharged_on__isnull=True, then=Value(True)), default=False),
        ),
    )


def admission_notices(day: date) -> QuerySet[Notice]:
    return _unsent(NoticeKind.ADMISSION)


def discharge_notices(day: date) -> QuerySet[Notice]:
    return _unsent(NoticeKind.DISCHARGE)


def admission_answers(day: date) -> QuerySet[Notice]:
    """The municipality's, in the unit that has the case.

    One outside the system has no unit here: then it is the shelter that must ask.
    """
    outside = Q(stay__case__unit__isnull=True)
    return Notice.objects.filter(
        kind=NoticeKind.ADMISSION, answer_due_on__isnull=False, acknowledged_at__isnull=True
    ).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("municipality"),
        fact_unit_id=Coalesce("stay__case__unit", "stay__shelter__unit"),
        fact_person_id=F("stay__case__adviser"),
        fact_case_id=F("stay__case"),
        fact_due_on=F("answer_due_on"),
        fact_params=JSONObject(
            **{WAITS_FOR: Case(When(outside, then=F("municipality__name")), default=Value(""))},
            municipality=F("municipality__name"),
            day=as_text(TruncDate("sent_at", tzinfo=COPENHAGEN)),
        ),
    )


def refused_notices(day: date) -> QuerySet[Notice]:
    """The shelter's again: the municipality says that another one is the acting one."""
    return Notice.objects.filter(
        kind=NoticeKind.ADMISSION,
        answer=ActingAnswer.NO,
        stay__discharged_on__isnull=True,
        acknowledged_at__isnull=False,
    ).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("stay__shelter__unit__municipality"),
        fact_unit_id=F("stay__shelter__unit"),
        fact_case_id=F("stay__case"),
        fact_due_on=TruncDate("acknowledged_at", tzinfo=COPENHAGEN),
        fact_params=JSONObject(municipality=F("municipality__name"), day=as_text("decided_on")),
    )


def _in_words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Days as they are read; they are kept as ISO dates."""
    day = words.day(date.fromisoformat(params["day"]), today=timezone.localdate(), weekday=False)
    said = {**params, "day": day}
    if "planned" in params:
        text = (
            gettext("To be discharged on %(day)s: the notice can be sent before.")
            if params["planned"]
            else gettext("Discharged on %(day)s: filled in and ready.")
        )
        said["happened"] = text % {"day": day}
    return said


def _shelters_list(deadline: Deadline) -> str:
    return f"{reverse('housing:notice_list')}#n-{deadline.object_key}"


def _answering(deadline: Deadline) -> str:
    """The municipality's inbox, or the shelter's list for one outside the system."""
    if deadline.params.get(WAITS_FOR):
        return _shelters_list(deadline)
    return f"{reverse('housing:notice_inbox')}#n-{deadline.object_key}"


def _may_answer(deadline: Deadline, user: User, rights: Collection[Act]) -> bool:
    """The municipality's answer is given by its people; one from outside is asked for and typed."""
    outside = bool(deadline.params.get(WAITS_FOR))
    gate = in_unit(Act.STAY_REGISTER) if outside else on_case(Act.NOTICE_ACKNOWLEDGE)
    return gate(deadline, user, rights)


def register() -> None:
    register_kind(
        DeadlineKind(
            key="admission_notice",
            title=_("Send the notice of admission to %(municipality)s"),
            why=_("Admitted on %(day)s: filled in and ready."),
            cost=_("Without it nobody may know that they must act."),
            act=_("Send the notice"),
            source=_("SEL § 110 (6)"),
            is_statutory=True,
            loss=40,
            facts=admission_notices,
            case_lookup="stay__case",
            url=_shelters_list,
            gate=in_unit(Act.STAY_REGISTER),
            warning_days=NOTICE_STEPS,
            text_params=_in_words,
        )
    )
    register_kind(
        DeadlineKind(
            key="discharge_notice",
            title=_("Send the notice of discharge to %(municipality)s"),
            why="%(happened)s",
            cost=_("Without it the municipality goes on paying for a bed that is empty."),
            act=_("Send the notice"),
            source=_("SEL § 110 (7)"),
            is_statutory=True,
            loss=60,
            facts=discharge_notices,
            case_lookup="stay__case",
            url=_shelters_list,
            gate=in_unit(Act.STAY_REGISTER),
            warning_days=NOTICE_STEPS,
            text_params=_in_words,
        )
    )
    register_kind(
        DeadlineKind(
            key="admission_answer",
            title=_("Answer whether %(municipality)s is the acting municipality"),
            why=_("The shelter sent its notice on %(day)s, and it is not answered."),
            cost=_("Until then it is unclear who acts and who pays."),
            act=_("Answer"),
            source=_("The municipality's own target"),
            is_statutory=False,
            loss=30,
            facts=admission_answers,
            case_lookup="stay__case",
            url=_answering,
            gate=_may_answer,
            warning_days=NOTICE_STEPS,
            waits_for_others=True,
            text_params=_in_words,
        )
    )
    register_kind(
        DeadlineKind(
            key="notice_refused",
            title=_("Find the right municipality: %(municipality)s says it is not the one"),
            why=_("Admitted on %(day)s: the notice must go to the acting municipality."),
            cost=_("Until then nobody acts for the citizen."),
            act=_("Choose another municipality"),
            source=_("SEL § 110 (6)"),
            is_statutory=True,
            loss=35,
            facts=refused_notices,
            case_lookup="stay__case",
            url=_shelters_list,
            gate=in_unit(Act.STAY_REGISTER),
            warning_days=(0,),
            text_params=_in_words,
        )
    )
