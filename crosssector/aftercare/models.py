"""Aftercare: the help of a shelter that follows the citizen out (SEL § 110, stk. 1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from crosssector.aftercare.enums import AftercareAnswer
from housing.models import Stay
from housingfirst.base.db import Versioned


class AftercarePlan(Versioned):
    """What was decided on aftercare for one stay, before the discharge or after it.

    It is given from the discharge until `ends_on`, the first day without it, or until it was ended
    before that on `ended_on`.
    """

    stay = models.OneToOneField(Stay, on_delete=models.PROTECT, related_name="aftercare")
    answer = models.CharField(_("aftercare"), max_length=12, choices=AftercareAnswer)
    decided_on = models.DateField(_("decided"))
    given_by = models.CharField(_("given by"), max_length=200, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    remark = models.TextField(_("what it is, or why not"), max_length=2_000, blank=True)
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("aftercare")
        verbose_name_plural = _("aftercare")
        constraints = [
            models.CheckConstraint(
                name="crosssector_aftercare_says_who_and_until",
                condition=(
                    Q(answer=AftercareAnswer.ACCEPTED, ends_on__isnull=False) & ~Q(given_by="")
                )
                | (
                    ~Q(answer=AftercareAnswer.ACCEPTED)
                    & Q(ends_on__isnull=True, ended_on__isnull=True, given_by="")
                ),
            ),
            models.CheckConstraint(
                name="crosssector_aftercare_not_offered_says_why",
                condition=~Q(answer=AftercareAnswer.NOT_OFFERED) | ~Q(remark=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)
