"""What the register of assessments and plans refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class PlanSaysNothing(DomainError):
    code = "plan_says_nothing"
    message = _("Write the main points, or where the plan lies.")


class FollowUpBeforePlan(DomainError):
    code = "follow_up_before_plan"
    message = _("The follow-up comes after the day it was made. Choose a later day.")


class PlanMadeAlready(DomainError):
    code = "plan_made_already"
    message = _("One of the same kind is registered for that day. Correct it instead.")
