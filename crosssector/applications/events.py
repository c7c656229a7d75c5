"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.applications.enums import Answer, ApplicationKind
from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

RECEIVED: Final = "application.received"
ANSWERED: Final = "application.answered"
WITHDRAWN: Final = "application.withdrawn"
TOLD: Final = "application.told"


def register() -> None:
    register_kind(
        RECEIVED, Category.CASE, _("Application received: %(application)s"), text_params=_kind
    )
    register_kind(
        ANSWERED,
        Category.CASE,
        _("Application answered, %(answer)s: %(application)s"),
        is_important=True,
        text_params=lambda data: (
            _kind(data) | {"answer": words.inside(Answer(data["answer"]).label)}
        ),
    )
    register_kind(
        WITHDRAWN, Category.CASE, _("Application withdrawn: %(application)s"), text_params=_kind
    )
    register_kind(
        TOLD,
        Category.CASE,
        _("Told the citizen in writing to expect an answer on %(day)s"),
        text_params=_day,
    )


def _kind(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"application": words.inside(ApplicationKind(data["application"]).label)}


def _day(data: Mapping[str, Any]) -> dict[str, Any]:
    day = date.fromisoformat(data["expected_on"])
    return {"day": words.day(day, today=timezone.localdate(), weekday=False)}
