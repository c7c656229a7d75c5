"""What the register of arrears refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class ArrearsRun(DomainError):
    code = "arrears_run"
    message = _("Arrears that are not over are registered for this lease already. Go on with them.")


class LeaseIsOver(DomainError):
    code = "lease_is_over"
    message = _("The lease has ended: no new arrears are followed.")


class DecisionNeedsText(DomainError):
    code = "decision_needs_text"
    message = _("Write which help, or why there is no ground for it.")


class StepTooEarly(DomainError):
    code = "step_too_early"
    message = _("The days are out of order. The demand comes first, then the end of the lease.")


class EvictedBeforeCourt(DomainError):
    code = "evicted_before_court"
    message = _("The eviction is before the case was filed with the bailiff court. Check the days.")


class ShelteredBeforeEviction(DomainError):
    code = "sheltered_before_eviction"
    message = _("A roof is given after an eviction. Write the day of the eviction, or a later day.")
