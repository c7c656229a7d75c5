"""A citizen's course with one method, and its phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housingfirst.base.db import Versioned
from housingfirst.base.spans import ends_after_start, once_at_a_time
from support.enrolments.enums import EndReason, PhaseKind
from support.methods.enums import Method
from support.methods.models import SupportDecision

if TYPE_CHECKING:
    from housingfirst.access.models import User


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def active(self) -> Self:
        return self.filter(ended_on__isnull=True)


class Enrolment(Versioned):
    """A course. It goes on when a home is lost (H3) and never ends by itself."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="enrolments")
    decision = models.ForeignKey(
        SupportDecision, on_delete=models.PROTECT, related_name="enrolments"
    )
    method = models.CharField(_("method"), max_length=8, choices=Method)
    worker = models.ForeignKey(
        "access.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("support worker"),
    )
    started_on = models.DateField(_("started"))
    phase_1_on = models.DateField(_("phase 1 starts"), null=True, blank=True)
    phase_1_reason = models.CharField(
        _("why phase 1 starts without a home"), max_length=500, blank=True
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=14, choices=EndReason, blank=True)
    end_remark = models.TextField(_("remark"), max_length=2_000, blank=True)
    ended_after_lost_home = models.BooleanField(_("ended after a lost home"), default=False)

    objects = EnrolmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "method"],
                condition=Q(ended_on__isnull=True),
                name="support_enrolment_one_active_per_method",
            ),
            ends_after_start(
                "support_enrolment_ends_after_start", start="started_on", end="ended_on"
            ),
            models.CheckConstraint(
                name="support_enrolment_end_says_why",
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""),
            ),
            models.CheckConstraint(
                name="support_enrolment_other_end_is_explained",
                condition=~Q(end_reason=EndReason.OTHER) | ~Q(end_remark=""),
            ),
            models.CheckConstraint(
                name="support_enrolment_end_after_lost_home_is_explained",
                condition=Q(ended_after_lost_home=False) | ~Q(end_remark=""),
            ),
            models.CheckConstraint(
                name="support_enrolment_is_a_course", condition=~Q(method=Method.FACILITY)
            ),
            models.CheckConstraint(
                name="support_enrolment_phase_1_within_course",
                condition=Q(phase_1_on__isnull=True) | Q(phase_1_on__gte=F("started_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["worker"],
                condition=Q(ended_on__isnull=True),
                name="support_enrolment_of_worker",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class Phase(models.Model):
    """A phase of a CTI course during [starts_on, ends_on), computed from phase 1's first day.

    `announced_at` is when its beginning was written in the timeline: once, by a job.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="phases")
    kind = models.CharField(_("phase"), max_length=2, choices=PhaseKind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("starts_on",)
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="support_phase_once"),
            ends_after_start("support_phase_ends_after_start"),
            once_at_a_time("support_phase_no_overlap", "enrolment"),
        ]
        indexes = [
            models.Index(
                fields=["starts_on"],
                condition=Q(announced_at__isnull=True),
                name="support_phase_to_announce",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"
