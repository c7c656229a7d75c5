"""What the worklist refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class SnoozeDayUnfit(DomainError):
    code = "snooze_day_unfit"
    message = _("Choose a day from tomorrow and at most %(days)s days ahead.")


class SnoozeNeedsReason(DomainError):
    code = "snooze_needs_reason"
    message = _("Write why it can wait; one word will do.")


class GivingNeedsReason(DomainError):
    code = "giving_needs_reason"
    message = _("Write why a colleague should take it; one word will do.")


class ColleagueCannotTakeIt(DomainError):
    """Not in the unit today, not allowed to see it, or has it already."""

    code = "colleague_cannot_take_it"
    message = _("That colleague cannot take this one. Choose another.")


class DeadlineIsClosed(DomainError):
    code = "deadline_is_closed"
    message = _("This has been done in the meantime. There is nothing left to do about it.")
