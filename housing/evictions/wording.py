"""What the steps from arrears to eviction are called, and why each stands as it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from housingfirst.law.eviction import Duty, EvictionStep, StepReason
from housingfirst.ui.parts import Severity

Text = str | Promise

TITLES: Final[Mapping[EvictionStep, Text]] = {
    EvictionStep.DEMAND: _("Pay what the demand asks for"),
    EvictionStep.TERMINATION: _("The landlord ends the lease"),
    EvictionStep.NOTICE_TO_MUNICIPALITY: _("The landlord tells the municipality"),
    EvictionStep.COURT_NOTICE: _("The bailiff court tells the municipality"),
    EvictionStep.CONSIDER_HELP: _("Consider help at once"),
    EvictionStep.DECIDE_NO_HELP: _("Decide whether there is ground for help"),
    EvictionStep.SHELTER: _("A roof after the eviction"),
}

DUTIES: Final[Mapping[Duty, Text]] = {
    Duty.TENANT: _("The tenant"),
    Duty.LANDLORD: _("The landlord"),
    Duty.COURT: _("The bailiff court"),
    Duty.MUNICIPALITY: _("The municipality"),
}

MARKS: Final[Mapping[StepReason, tuple[Severity, Text]]] = {
    StepReason.DONE: ("done", _("Done")),
    StepReason.DONE_LATE: ("line", _("Done too late")),
    StepReason.DUE: ("soon", _("Runs")),
    StepReason.OVERDUE: ("over", _("Overdue")),
    StepReason.NOT_REACHED: ("line", _("Not reached")),
    StepReason.PAID: ("done", _("Paid in time")),
    StepReason.PRIVATE_LANDLORD: ("line", _("No duty")),
    StepReason.NOTHING_POINTS_TO_NEED: ("line", _("Not set off")),
    StepReason.HELP_IS_GIVEN: ("done", _("Help is given")),
    StepReason.NOT_EVICTED: ("line", _("Not evicted")),
}
"""The badge of each reason."""

_OF_REASON: Final[Mapping[StepReason, Text]] = {
    StepReason.PRIVATE_LANDLORD: _("A private landlord has no duty to tell the municipality."),
    StepReason.NOTHING_POINTS_TO_NEED: _(
        "No child lives there, and nothing is marked that makes a need for help likely."
    ),
    StepReason.PAID: _("Paid within the time: the landlord cannot end the lease for it."),
    StepReason.DONE_LATE: _("Done after the day it was due."),
    StepReason.HELP_IS_GIVEN: _("Help is given, so there is nothing to refuse."),
}

_OF_STEP: Final[Mapping[tuple[EvictionStep, StepReason], Text]] = {
    (EvictionStep.DEMAND, StepReason.DUE): _(
        "Paid by then, the home is kept. Talk with the citizen about the rent before that day."
    ),
    (EvictionStep.DEMAND, StepReason.OVERDUE): _(
        "Not paid in time: the landlord may end the lease at once. Ask for a plan of payments."
    ),
    (EvictionStep.DEMAND, StepReason.DONE_LATE): _(
        "Paid after the time: the landlord may still hold on to the end of the lease."
    ),
    (EvictionStep.DEMAND, StepReason.NOT_REACHED): _("No demand is registered."),
    (EvictionStep.TERMINATION, StepReason.NOT_REACHED): _(
        "It can be done from this day when the rent is not paid; a plan of payments can stop it."
    ),
    (EvictionStep.TERMINATION, StepReason.PAID): _("It is paid, so it cannot be done."),
    (EvictionStep.NOTICE_TO_MUNICIPALITY, StepReason.NOT_REACHED): _(
        "In writing, no later than the day the case is filed with the bailiff court."
    ),
    (EvictionStep.NOTICE_TO_MUNICIPALITY, StepReason.DUE): _("The case is filed today."),
    (EvictionStep.NOTICE_TO_MUNICIPALITY, StepReason.OVERDUE): _(
        "The case is filed, and no notice is registered. Ask the landlord for it."
    ),
    (EvictionStep.COURT_NOTICE, StepReason.NOT_REACHED): _(
        "The municipality's 14 days to decide run from it."
    ),
    (EvictionStep.CONSIDER_HELP, StepReason.NOT_REACHED): _(
        "The duty comes with the first notice, from the landlord or the court."
    ),
    (EvictionStep.CONSIDER_HELP, StepReason.DUE): _(
        "A child lives there, or a need for help is likely: the law asks for it the same day."
    ),
    (EvictionStep.CONSIDER_HELP, StepReason.OVERDUE): _(
        "A child lives there, or a need for help is likely: the law asked for it at once."
    ),
    (EvictionStep.DECIDE_NO_HELP, StepReason.NOT_REACHED): _(
        "Runs from the bailiff court's notice."
    ),
    (EvictionStep.DECIDE_NO_HELP, StepReason.DUE): _(
        "Finding no ground for help is a decision with reasons. It must be made by this day."
    ),
    (EvictionStep.DECIDE_NO_HELP, StepReason.OVERDUE): _(
        "Neither help nor a refusal is registered, and the court may go on without an answer."
    ),
    (EvictionStep.SHELTER, StepReason.DUE): _("The municipality gives a roof at once (SEL § 80)."),
    (EvictionStep.SHELTER, StepReason.OVERDUE): _(
        "Evicted, and no roof is registered. The municipality gives one at once."
    ),
    (EvictionStep.SHELTER, StepReason.NOT_EVICTED): _("Only after an eviction."),
}


def said(step: EvictionStep, reason: StepReason) -> str:
    """Why the step stands so; "" where its badge and its day say it all."""
    return str(_OF_STEP.get((step, reason)) or _OF_REASON.get(reason, ""))
