"""A citizen's wish for something to do: caught while it is there, and answered (X3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from housingfirst.base.db import Record
from support.activities.enums import ActivityAnswer

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ActivityWishQuerySet(models.QuerySet["ActivityWish"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def unanswered(self) -> Self:
        return self.filter(answered_on__isnull=True)


class ActivityWish(Record):
    """What the citizen said they would like to do, in their own words; answered once."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="activity_wishes")
    words = models.CharField(_("in the citizen's own words"), max_length=500)
    said_on = models.DateField(_("said on"))
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answer = models.CharField(
        _("what became of it"), max_length=10, choices=ActivityAnswer, blank=True
    )
    answer_text = models.CharField(_("what was agreed"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActivityWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("wish for activity")
        verbose_name_plural = _("wishes for activity")
        constraints = [
            models.CheckConstraint(
                name="support_activity_answer_has_its_day",
                condition=Q(answered_on__isnull=True, answer="", answered_by__isnull=True)
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-said_on", "-id"], name="support_activity_of_case"),
            models.Index(
                fields=["case"],
                condition=Q(answered_on__isnull=True),
                name="support_activity_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)
