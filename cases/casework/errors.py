from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class CaseIsOpen(DomainError):
    code = "case_is_open"
    message = _("The citizen already has an open case in the municipality.")


class SituationOverlaps(DomainError):
    code = "situation_overlaps"
    message = _(
        "Another situation is registered for that time. Look at the dates in the list, "
        "and change those first."
    )


class SituationFollows(DomainError):
    code = "situation_follows"
    message = _("This follows from a stay or a tenancy. Correct it there.")


class CitizenTaken(DomainError):
    """The number belongs to a citizen who is not the asker's. Says no more than that."""

    code = "citizen_taken"
    message = _("A citizen with this CPR number is already registered, but not with you.")


class AdviserElsewhere(DomainError):
    code = "adviser_elsewhere"
    message = _("%(name)s does not work in %(unit)s. Choose somebody who does.")


class CaseIsClosed(DomainError):
    code = "case_is_closed"
    message = _("The case was closed %(day)s. Reopen it before you write in it.")


class CaseStillRuns(DomainError):
    """`what` are the sentences that say what runs."""

    code = "case_still_runs"
    message = _("The case cannot be closed yet. %(what)s")


class CloseDayImpossible(DomainError):
    code = "close_day_impossible"
    message = _("A case is closed between the day it was opened, %(day)s, and today.")


class CaseIsNotClosed(DomainError):
    code = "case_is_not_closed"
    message = _("The case is open already.")
