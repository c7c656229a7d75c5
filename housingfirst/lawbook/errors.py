"""Why a choice is refused."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class UnknownSetting(DomainError):
    code = "unknown_setting"
    message = _("There is no such choice. Open the rules anew and choose from the page.")


class ValueNotAllowed(DomainError):
    code = "value_not_allowed"
    message = _("That is not one of the possible answers. Choose one from the list.")


class NumberOutOfRange(DomainError):
    code = "number_out_of_range"
    message = _("Write a whole number from %(least)s to %(most)s.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    message = _("Write why the municipality chooses this: who decided, and what it rests on.")


class DecidedInFuture(DomainError):
    code = "decided_in_future"
    message = _("The choice holds from today. Write the day it was decided: today or earlier.")


class ChosenMeanwhile(DomainError):
    """Somebody chose after the actor opened the page."""

    code = "chosen_meanwhile"
    message = _("%(who)s has chosen meanwhile. Look at the choice below, then decide.")
