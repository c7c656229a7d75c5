"""The kinds of events this subject publishes. The shelter's name is only ever under `place`."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

STAY_ADMITTED = "stay.admitted"
STAY_DISCHARGED = "stay.discharged"
ABSENCE_STARTED = "absence.started"
ABSENCE_ENDED = "absence.ended"
NOTICE_SENT = "notice.sent"
NOTICE_ACKNOWLEDGED = "notice.acknowledged"
NOTICE_READDRESSED = "notice.readdressed"
DAYS_ELSEWHERE_ADDED = "days_elsewhere.added"


def register() -> None:
    register_kind(STAY_ADMITTED, Category.STAY, _("Admitted to a shelter"), is_important=True)
    register_kind(
        STAY_DISCHARGED, Category.STAY, _("Discharged from the shelter"), is_important=True
    )
    register_kind(ABSENCE_STARTED, Category.STAY, _("Away from the shelter"))
    register_kind(ABSENCE_ENDED, Category.STAY, _("Back at the shelter"))
    register_kind(
        NOTICE_SENT, Category.STAY, _("The shelter's notice was sent to %(municipality)s")
    )
    register_kind(
        NOTICE_ACKNOWLEDGED, Category.STAY, _("%(municipality)s acknowledged the shelter's notice")
    )
    register_kind(
        NOTICE_READDRESSED,
        Category.STAY,
        _("The shelter's notice goes to %(municipality)s instead"),
    )
    register_kind(
        DAYS_ELSEWHERE_ADDED,
        Category.STAY,
        _("%(days)s shelter days elsewhere registered"),
    )
