"""This subject's step on the way to a home."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.casework.path import PathStep
from housing.shelters.enums import NoticeKind
from housing.shelters.models import Notice, Stay


def notified() -> Exists:
    """Whether the municipality has acknowledged the admission to the case's newest stay."""
    later = Stay.objects.filter(
        case=OuterRef("stay__case"), admitted_on__gt=OuterRef("stay__admitted_on")
    )
    return Exists(
        Notice.objects.filter(
            ~Exists(later),
            stay__case=OuterRef("pk"),
            kind=NoticeKind.ADMISSION,
            acknowledged_at__isnull=False,
        )
    )


NOTIFIED = PathStep(
    key="notified",
    order=10,
    label=_("Municipality notified"),
    missing=_("The municipality's answer"),
    taken=notified,
)
