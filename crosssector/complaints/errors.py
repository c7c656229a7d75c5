"""What the register of complaints refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class ComplaintRuns(DomainError):
    code = "complaint_runs"
    message = _("A complaint about this decision is registered already.")


class ComplaintBeforeDecision(DomainError):
    code = "complaint_before_decision"
    message = _("The citizen was told on %(day)s. Write that day or a later one.")


class NeedsReasons(DomainError):
    code = "complaint_needs_reasons"
    message = _("Write the reasons: the citizen and Ankestyrelsen are to read them.")


class StepBeforeComplaint(DomainError):
    code = "step_before_complaint"
    message = _("That is before the step that comes first. Check the day.")


class NotAtThatStep(DomainError):
    code = "not_at_that_step"
    message = _("The complaint is not at that step any more. Look at it as it is now.")


class ToldBeforeDecision(DomainError):
    code = "told_before_decision"
    message = _("The decision was made on %(day)s. Write that day or a later one.")
