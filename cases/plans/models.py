"""That an assessment or a plan was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.casework.models import Case
from cases.plans.enums import OFFERED, SHORT_NAMES, Participation, PlanKind
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User

TEXT_LENGTH = 5_000


class PlanQuerySet(models.QuerySet["PlanRecord"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def made(self) -> Self:
        """Those that exist: a plan that was offered and declined does not."""
        return self.exclude(kind__in=OFFERED, participation=Participation.DECLINED)

    def plans(self) -> Self:
        """Plans alone, assessments left out."""
        return self.exclude(kind=PlanKind.ASSESSMENT)


class PlanRecord(Versioned):
    """That an assessment or a plan was made on a day, or offered and declined.

    Its main points stand in `text`, or it lies elsewhere: `lies_at`. A plan under § 142 is made
    whether the citizen takes part or not; one under § 141 only with the citizen. `provider_wish` is
    who the citizen wants to give the support (SEL § 142, stk. 4).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(_("kind"), max_length=6, choices=PlanKind)
    made_on = models.DateField(_("made"))
    participation = models.CharField(
        _("the citizen"), max_length=4, choices=Participation, default=Participation.TOOK_PART
    )
    present = models.CharField(_("who else took part"), max_length=200, blank=True)
    provider_wish = models.CharField(
        _("wish for who gives the support"), max_length=200, blank=True
    )
    text = models.TextField(_("main points"), max_length=TEXT_LENGTH, blank=True)
    lies_at = models.CharField(_("where it lies"), max_length=200, blank=True)
    follow_up_on = models.DateField(_("follow up"), null=True, blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("assessment or plan")
        verbose_name_plural = _("assessments and plans")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "made_on"], name="cases_plan_once_a_day"
            ),
            models.CheckConstraint(
                name="cases_plan_says_something",
                condition=~Q(text="", lies_at="")
                | Q(kind__in=OFFERED, participation=Participation.DECLINED),
            ),
            models.CheckConstraint(
                name="cases_plan_follow_up_after_it",
                condition=Q(follow_up_on__isnull=True) | Q(follow_up_on__gt=F("made_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-made_on", "-id"], name="cases_plan_newest"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def is_made(self) -> bool:
        """Whether there is one: a plan that was offered and declined is not made."""
        return self.participation != Participation.DECLINED or self.kind not in OFFERED

    @property
    def name(self) -> str:
        return str(SHORT_NAMES[PlanKind(self.kind)])
