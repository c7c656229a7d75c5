from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class VisitInFuture(DomainError):
    code = "visit_in_future"
    message = _("The visit has not happened yet. Write when it happened.")


class NextBeforeVisit(DomainError):
    code = "next_before_visit"
    message = _("The next time is before the visit. Choose a later day.")


class VisitKeyTaken(DomainError):
    """The form's key belongs to a visit with another citizen: the form was altered."""

    code = "visit_key_taken"
    message = _("The form has been used for another citizen. Open it again and save the visit.")


class WorkerMissing(DomainError):
    code = "visit_worker_missing"
    message = _("Say who made the visit.")
