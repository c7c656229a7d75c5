from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class MethodDoesNotFit(DomainError):
    code = "method_does_not_fit"
    message = _(
        "CTI, ICM, ACT and M-ACT are decided under § 85 a, general support under § 85, and a "
        "place at a facility under § 107. Choose the paragraph that fits the method."
    )


class WishNotAnswered(DomainError):
    """A wish was written but not answered, or answered but not written."""

    code = "wish_not_answered"
    message = _("Write who the citizen wishes for, and whether the decision follows the wish.")


class WishNeedsReasons(DomainError):
    """SEL § 85 a, stk. 2."""

    code = "wish_needs_reasons"
    message = _("The decision does not follow the citizen's wish. Write why (§ 85 a, stk. 2).")


class DecisionNeedsReasons(DomainError):
    code = "decision_needs_reasons"
    message = _("Write the reasons for the decision.")


class DecidedBeforeCase(DomainError):
    code = "decided_before_case"
    message = _("The decision is from before the case was opened, %(opened_on)s.")


class SupportEndsBeforeStart(DomainError):
    code = "support_ends_before_start"
    message = _("The support ends before it starts.")
