"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words
from support.enrolments.enums import EndReason, PhaseKind
from support.methods.enums import Method

ENROLMENT_STARTED = "enrolment.started"
ENROLMENT_CHANGED = "enrolment.changed"
ENROLMENT_ENDED = "enrolment.ended"
PHASE_STARTED = "phase.started"


def register() -> None:
    register_kind(
        ENROLMENT_STARTED,
        Category.SUPPORT,
        _("%(method)s began"),
        is_important=True,
        text_params=_method,
    )
    register_kind(
        ENROLMENT_CHANGED,
        Category.SUPPORT,
        _("%(method)s: phase 1 counts from %(phase_1_on)s"),
        text_params=_phase_1,
    )
    register_kind(
        ENROLMENT_ENDED,
        Category.SUPPORT,
        _("%(method)s ended: %(reason)s"),
        is_important=True,
        text_params=_ended,
    )
    register_kind(
        PHASE_STARTED,
        Category.SUPPORT,
        _("CTI: %(phase)s began"),
        is_important=True,
        text_params=_phase,
    )


def _method(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"method": words.inside(Method(data["method"]).label)}


def _phase_1(data: Mapping[str, Any]) -> Mapping[str, Any]:
    on = date.fromisoformat(data["phase_1_on"])
    return {**_method(data), "phase_1_on": words.day(on, today=timezone.localdate())}


def _ended(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**_method(data), "reason": words.inside(EndReason(data["reason"]).label)}


def _phase(data: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"phase": words.inside(PhaseKind(data["phase"]).label)}
