"""What the acting municipality is told of a stay, and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housing.shelters.enums import ActingAnswer, NoticeKind
from housing.shelters.models.stays import Stay
from housingfirst.access.enums import Act
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """The shelter's own notices, and those on cases the municipality's people see."""
        own = user.unit_ids_for(Act.STAY_VIEW)
        if own:
            notices = self.filter(stay__shelter__unit__in=own)
            blocked = user.blocked_citizen_ids
            return notices.exclude(stay__citizen__in=blocked) if blocked else notices
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("stay__case_id"))
        return self.filter(Exists(cases))


class Notice(Versioned):
    """What the shelter must tell the acting municipality: SEL § 110, stk. 6 and 7."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided"))
    due_on = models.DateField(_("due"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_due_on = models.DateField(_("answer due"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=3, choices=ActingAnswer, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["stay", "kind"], name="housing_notice_one_per_kind"),
            models.CheckConstraint(
                name="housing_notice_acknowledged_after_sent",
                condition=Q(acknowledged_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due_on"],
                condition=Q(acknowledged_at__isnull=True),
                name="housing_notice_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    @property
    def is_planned(self) -> bool:
        """A discharge that has not happened yet."""
        return self.kind == NoticeKind.DISCHARGE and self.stay.discharged_on is None

    @property
    def is_late(self) -> bool:
        """Sent after its last day. One not yet sent is judged by its deadline instead."""
        return self.sent_at is not None and timezone.localdate(self.sent_at) > self.due_on
