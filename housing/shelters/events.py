"""The kinds of events this subject publishes. The shelter's name is only ever under `place`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

STAY_ADMITTED = "stay.admitted"
STAY_DISCHARGED = "stay.discharged"
ABSENCE_STARTED = "absence.started"
ABSENCE_ENDED = "absence.ended"
NOTICE_SENT = "notice.sent"
NOTICE_ACKNOWLEDGED = "notice.acknowledged"
NOTICE_READDRESSED = "notice.readdressed"
STAY_MOVED = "stay.moved"
DISCHARGE_PLANNED = "discharge.planned"
PLAN_DROPPED = "discharge.plan_dropped"
RATE_SET = "rate.set"
RATE_REMOVED = "rate.removed"
SHELTER_SAVED = "shelter.saved"
DAYS_ELSEWHERE_ADDED = "days_elsewhere.added"


def register() -> None:
    register_kind(STAY_ADMITTED, Category.STAY, _("Admitted to a shelter"), is_important=True)
    register_kind(
        STAY_DISCHARGED, Category.STAY, _("Discharged from the shelter"), is_important=True
    )
    register_kind(STAY_MOVED, Category.STAY, _("Moved to another bed: %(bed)s"), text_params=_bed)
    register_kind(
        DISCHARGE_PLANNED,
        Category.STAY,
        _("Discharge planned for %(planned_on)s"),
        is_important=True,
        text_params=_planned,
    )
    register_kind(PLAN_DROPPED, Category.STAY, _("The planned discharge is dropped"))
    register_kind(RATE_SET, Category.STAY, _("The shelter's daily rate is set"))
    register_kind(RATE_REMOVED, Category.STAY, _("A daily rate of the shelter is removed"))
    register_kind(SHELTER_SAVED, Category.STAY, _("The shelter's details are saved"))
    register_kind(ABSENCE_STARTED, Category.STAY, _("Away from the shelter"))
    register_kind(ABSENCE_ENDED, Category.STAY, _("Back at the shelter"))
    register_kind(
        NOTICE_SENT, Category.STAY, _("The shelter's notice was sent to %(municipality)s")
    )
    register_kind(
        NOTICE_ACKNOWLEDGED, Category.STAY, _("%(municipality)s acknowledged the shelter's notice")
    )
    register_kind(
        NOTICE_READDRESSED,
        Category.STAY,
        _("The shelter's notice goes to %(municipality)s instead"),
    )
    register_kind(
        DAYS_ELSEWHERE_ADDED,
        Category.STAY,
        _("%(days)s shelter days elsewhere registered"),
    )


def _planned(data: Mapping[str, Any]) -> Mapping[str, Any]:
    day = data.get("planned_on")
    return {"planned_on": words.day_as_typed(date.fromisoformat(day)) if day else "–"}


def _bed(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"bed": data.get("bed") or gettext("no fixed bed")}
