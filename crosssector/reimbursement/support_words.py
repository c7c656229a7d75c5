"""Why a line of § 176 a is refunded or not: the tab, the claim and its file say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from housingfirst.law.support import SupportRefundReason

SUPPORT_REASONS: Final[Mapping[SupportRefundReason, str | Promise]] = {
    SupportRefundReason.DECIDED_BEFORE_DISCHARGE: gettext_lazy("Decided before the discharge."),
    SupportRefundReason.FOLLOWS_FACILITY: gettext_lazy("Follows the stay under § 107."),
    SupportRefundReason.NEVER_AT_SHELTER: gettext_lazy(
        "The citizen has not stayed at a § 110 shelter."
    ),
    SupportRefundReason.NOT_DISCHARGED: gettext_lazy(
        "The state reimburses after the discharge only."
    ),
    SupportRefundReason.DISCHARGED_BEFORE_ACT: gettext_lazy("Discharged before 1 October 2023."),
    SupportRefundReason.NOT_DECIDED: gettext_lazy("Not decided."),
    SupportRefundReason.DECIDED_ON_DISCHARGE_DATE: gettext_lazy(
        "Decided on the day of the discharge."
    ),
    SupportRefundReason.DECIDED_AFTER_DISCHARGE: gettext_lazy("Decided after the discharge."),
    SupportRefundReason.FIRST_DISCHARGE_WITHOUT_DECISION: gettext_lazy(
        "There was no decision before the first discharge."
    ),
    SupportRefundReason.FACILITY_NOT_LEFT: gettext_lazy("The stay under § 107 goes on."),
    SupportRefundReason.DOES_NOT_FOLLOW_FACILITY: gettext_lazy(
        "Begins too long after the stay under § 107."
    ),
    SupportRefundReason.BACK_AT_SHELTER: gettext_lazy("Back at the shelter."),
    SupportRefundReason.WINDOW_HAS_ENDED: gettext_lazy("The time after the discharge has run out."),
    SupportRefundReason.FACILITY_MONTHS_USED: gettext_lazy("The six months are used."),
}
