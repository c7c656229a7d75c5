"""The kinds of events this subject publishes. A dwelling's address is only ever under `place`."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

TENANCY_STARTED = "tenancy.started"
TENANCY_SIGNED = "tenancy.signed"
TENANCY_KEYS = "tenancy.keys"
TENANCY_ORDINARY = "tenancy.ordinary"
TENANCY_ENDED = "tenancy.ended"


def register() -> None:
    housing = Category.HOUSING
    register_kind(TENANCY_STARTED, housing, _("Lease made for a home"), is_important=True)
    register_kind(TENANCY_SIGNED, housing, _("Lease signed"))
    register_kind(TENANCY_KEYS, housing, _("Keys handed over"), is_important=True)
    register_kind(TENANCY_ORDINARY, housing, _("Transitional lease made an ordinary one"))
    register_kind(TENANCY_ENDED, housing, _("Lease ended"), is_important=True)
