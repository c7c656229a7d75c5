from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Show(StrEnum):
    """The filters of a worklist; the values stand in the address."""

    ALL = "all"
    DUE = "due"
    LATE = "late"
    LAW = "law"
    OFFERS = "offers"
    WAITING = "waiting"
    NOBODY = "nobody"
    SNOOZED = "snoozed"
    LATER = "later"


SHOW_LABELS = {
    Show.ALL: _("All"),
    Show.DUE: _("Late and today"),
    Show.LATE: _("Late"),
    Show.LAW: _("Legal time limits"),
    Show.OFFERS: _("Offers of homes"),
    Show.WAITING: _("Waiting for others"),
    Show.NOBODY: _("Nobody's yet"),
    Show.SNOOZED: _("Put off"),
    Show.LATER: _("Later"),
}
