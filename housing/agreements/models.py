"""What is agreed with a housing organisation on the municipality's share of its vacancies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from housing.supply.models import Estate
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from collections.abc import Collection


class AgreementQuerySet(models.QuerySet["AllocationAgreement"]):
    def begun(self, day: date) -> Self:
        return self.filter(starts_on__lte=day)

    def of_organisations(self, unit_ids: Collection[int]) -> Self:
        return self.filter(unit__in=unit_ids)


class AllocationAgreement(Versioned):
    """From `starts_on` every `every`th vacant family dwelling is the municipality's (ABL § 59).

    It holds for one estate, or for the organisation's estates that have none of their own, counted
    together; until the next one of the same begins. `counted_before` is how many vacancies had been
    counted towards the next turn when it began.
    """

    unit = models.ForeignKey(
        "access.Unit",
        on_delete=models.PROTECT,
        related_name="allocation_agreements",
        verbose_name=_("housing organisation"),
    )
    estate = models.ForeignKey(
        Estate,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("estate"),
    )
    starts_on = models.DateField(_("from"))
    every = models.PositiveSmallIntegerField(_("every n-th vacancy"))
    counted_before = models.PositiveSmallIntegerField(_("counted before"), default=0)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AgreementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("agreement on allocation")
        verbose_name_plural = _("agreements on allocation")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "estate", "starts_on"],
                nulls_distinct=False,
                name="housing_agreement_one_per_day",
            ),
            models.CheckConstraint(
                name="housing_agreement_every_some",
                condition=Q(every__gte=1) & Q(counted_before__lt=F("every")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)
