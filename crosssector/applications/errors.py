"""What the register of applications refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class AnsweredBeforeReceived(DomainError):
    code = "answered_before_received"
    message = _("The answer is before the application. Check the days.")


class ExpectedBeforeTold(DomainError):
    code = "expected_before_told"
    message = _("The answer is to be expected after the letter. Write a later day.")


class IsAnswered(DomainError):
    code = "application_is_answered"
    message = _("The application is answered already.")


class RefusalNeedsReasons(DomainError):
    code = "refusal_needs_reasons"
    message = _("Write why: a refusal needs its reasons.")
