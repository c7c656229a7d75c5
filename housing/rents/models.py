"""The temporary reduction of a lease's rent (B9), and when its rises are to be looked at."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from housing.tenancies.models import Tenancy
from housingfirst.base.db import Record, Versioned


class RentReduction(Versioned):
    """From `starts_on` the rent is lowered by a grant that later tapers off.

    `full_rent_dkk` is the rent a month before the grant, without utilities. The steps follow from
    the law's schedule and the municipality's reading of it.
    """

    tenancy = models.OneToOneField(Tenancy, on_delete=models.PROTECT, related_name="rent_reduction")
    starts_on = models.DateField(_("reduced from"))
    full_rent_dkk = models.DecimalField(
        _("rent before the reduction"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rent reduction")
        verbose_name_plural = _("rent reductions")
        constraints = [
            models.CheckConstraint(
                name="housing_reduction_rent_not_negative", condition=Q(full_rent_dkk__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class RentReview(Record):
    """The look at the tenant's economy before the rent rises to `rent_dkk` on `step_on`.

    `months` is how long before; written from the schedule, and rewritten until it is done.
    """

    reduction = models.ForeignKey(RentReduction, on_delete=models.CASCADE, related_name="reviews")
    step_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    rent_dkk = models.DecimalField(max_digits=9, decimal_places=2)
    rise_dkk = models.DecimalField(max_digits=9, decimal_places=2)
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("look at the rent")
        verbose_name_plural = _("looks at the rent")
        ordering = ("due_on",)
        constraints = [
            models.UniqueConstraint(
                fields=["reduction", "step_on", "months"], name="housing_rent_review_once"
            ),
            models.CheckConstraint(
                name="housing_rent_review_before_the_step", condition=Q(due_on__lt=F("step_on"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_on__isnull=True),
                name="housing_rent_review_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_on} -{self.months}"
