"""Files with many people: asked for with a reason, approved by a second person, for a day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crosssector.exports.enums import ExportReason
from housingfirst.access.enums import Act
from housingfirst.base.db import Record

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ExportRequestQuerySet(models.QuerySet["ExportRequest"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of the municipalities in which one may approve."""
        places = {unit.municipality_id for unit in user.units_for(Act.EXPORT)}
        return self.filter(Q(asked_by=user) | Q(municipality__in=places))


class ExportRequest(Record):
    """One person's wish for one file. It names nobody: `query` is the list's filter.

    Approved, it lets `asked_by` fetch the file until `expires_at`, with the rights of that moment.
    """

    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("what"), max_length=40)
    query = models.CharField(_("filter"), max_length=200, blank=True)
    persons = models.PositiveIntegerField(_("people in it"))
    reason = models.CharField(_("reason"), max_length=16, choices=ExportReason)
    approved_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    expires_at = models.DateTimeField(_("runs out"))

    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(
                name="crosssector_export_by_two_people",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="crosssector_export_approved_by_somebody",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-created_at"], name="crosssector_export_newest"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    def is_open(self, now: datetime) -> bool:
        """Whether the file can be fetched now."""
        return self.approved_by_id is not None and self.expires_at > now

    def waits(self, now: datetime) -> bool:
        return self.approved_by_id is None and self.expires_at > now
