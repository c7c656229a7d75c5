"""What was held or agreed during a CTI course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.casework.models import Case
from housingfirst.base.db import Versioned
from support.enrolments.models import Enrolment
from support.milestones.enums import MilestoneKind

if TYPE_CHECKING:
    from housingfirst.access.models import User


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("enrolment__case_id"))
        return self.filter(Exists(cases))


class Milestone(Versioned):
    """A review held, a hand-over agreed, or what follows decided: once in a course each."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(_("what"), max_length=10, choices=MilestoneKind)
    held_on = models.DateField(_("held on"))
    remark = models.TextField(_("what was agreed"), max_length=2_000, blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = MilestoneQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="support_milestone_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"
