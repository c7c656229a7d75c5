from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class OnlyAfterShelter(DomainError):
    code = "only_after_shelter"
    message = _("Aftercare belongs to a stay at a § 110 shelter.")


class GiverMissing(DomainError):
    code = "giver_missing"
    message = _("Write who gives the aftercare.")


class EndMissing(DomainError):
    code = "end_missing"
    message = _("Write the last day of the aftercare.")


class EndsTooLate(DomainError):
    code = "ends_too_late"
    message = _("Aftercare may last through %(day)s at most. Write that day or an earlier one.")


class EndsTooEarly(DomainError):
    code = "ends_too_early"
    message = _("Aftercare begins with the discharge. Write %(day)s or a later day.")


class NotGivenHere(DomainError):
    code = "not_given_here"
    message = _("The municipality gives no aftercare: it has chosen 0 months.")


class WhyNotMissing(DomainError):
    code = "why_not_missing"
    message = _("Write why aftercare is not offered.")


class NoAftercareRuns(DomainError):
    code = "no_aftercare_runs"
    message = _("No aftercare runs.")
