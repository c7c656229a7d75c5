"""The words of the order: who comes first, refund days, where the citizen sleeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.casework.enums import Situation
from housing.allocation.rules import NEAR_LIMIT_DAYS, Group

GROUPS: Final[Mapping[Group, Promise]] = {
    Group.OVER: gettext_lazy("over the reimbursement limit"),
    Group.NEAR_LIMIT: gettext_lazy("fewer than 14 reimbursement days left"),
    Group.URGENT: gettext_lazy("urgent"),
    Group.ORDINARY: gettext_lazy("by the time waited"),
}

SLEEPS: Final[Mapping[str, Promise]] = {
    Situation.STREET: gettext_lazy("street"),
    Situation.EMERGENCY_NIGHT: gettext_lazy("night shelter"),
    Situation.SHELTER: gettext_lazy("shelter"),
    Situation.HOTEL: gettext_lazy("hotel"),
    Situation.SOFA: gettext_lazy("with friends"),
    Situation.TRANSITIONAL: gettext_lazy("transitional dwelling"),
    Situation.RELEASE: gettext_lazy("soon released"),
    Situation.DISCHARGE: gettext_lazy("soon discharged"),
    Situation.OTHER: gettext_lazy("other place"),
    Situation.HOUSED: gettext_lazy("own home"),
}
"""Where the citizen sleeps, in a word: never a place's name."""


def days_left_text(days_left: int) -> tuple[str, str]:
    """Refund days and their tone: ("7 tilbage", "now"), ("24 over", "over")."""
    if days_left < 0:
        return _("%(n)d over") % {"n": -days_left}, "over"
    return _("%(n)d left") % {"n": days_left}, "now" if days_left < 14 else ""


def urgency_sentence(days_left: int | None, name: str) -> tuple[str, str, str]:
    """What the clock says of the place in the order: (fact, its tone, what follows)."""
    if days_left is None:
        return (
            _("No shelter stay is running"),
            "",
            _("%(name)s comes by the time waited, unless it is urgent for another reason.")
            % {"name": name},
        )
    if days_left < 0:
        fact = ngettext(
            "%(n)d day over the reimbursement limit",
            "%(n)d days over the reimbursement limit",
            -days_left,
        ) % {"n": -days_left}
        return (
            fact,
            "over",
            _("%(name)s is in the group that is offered a home first of all.") % {"name": name},
        )
    fact = ngettext(
        "%(n)d day with reimbursement left", "%(n)d days with reimbursement left", days_left
    ) % {"n": days_left}
    if days_left < NEAR_LIMIT_DAYS:
        return (
            fact,
            "now",
            _("%(name)s is in the group that is offered a home first.") % {"name": name},
        )
    return (
        fact,
        "",
        _("%(name)s comes by the time waited, unless it is urgent for another reason.")
        % {"name": name},
    )
