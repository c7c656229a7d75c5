"""The rollup of the reimbursement clock, for lists and deadlines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Func, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from housing.shelters.models.stays import Stay


def days_from(start: Combinable, end: Combinable) -> Func:
    """Whole days from one date to another, in SQL; negative when `end` comes first."""
    return Func(
        end,
        start,
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=models.IntegerField(),
    )


class ReimbursementClockQuerySet(models.QuerySet["ReimbursementClock"]):
    def at(self, day: date) -> Self:
        """With `days_used`, `days_left` and `days_over` at the end of `day`, counted in SQL."""
        on = Value(day, models.DateField())
        runs_out = Greatest(F("counted_on"), F("last_refundable_on"))
        return self.annotate(
            days_used=F("used") + days_from(F("counted_on"), on),
            days_left=Greatest(days_from(on, F("last_refundable_on")), 0),
            days_over=F("over") + Greatest(days_from(runs_out, on), 0),
        )


class ReimbursementClock(models.Model):
    """A rollup: the reimbursement clock of a citizen's running § 110 stay, for lists and deadlines.

    Computed by `housing.shelters.clock` from the stays; rebuilt at any time with the same result.
    `used` is the count at the end of `counted_on`; until `recompute_on` each day adds one.
    """

    stay = models.OneToOneField(Stay, on_delete=models.CASCADE, related_name="clock")
    counted_on = models.DateField()
    used = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    over = models.PositiveIntegerField(default=0)
    year_starts_on = models.DateField()
    year_resets_on = models.DateField()
    last_refundable_on = models.DateField()
    weekly_before_dkk = models.DecimalField(max_digits=10, decimal_places=2)
    weekly_after_dkk = models.DecimalField(max_digits=10, decimal_places=2)
    recompute_on = models.DateField()

    days_used: int
    days_left: int
    days_over: int
    """At the end of the day that `ReimbursementClockQuerySet.at` was asked for."""

    objects = ReimbursementClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("reimbursement clock")
        verbose_name_plural = _("reimbursement clocks")
        indexes = [
            models.Index(fields=["last_refundable_on"], name="housing_clock_last_day"),
            models.Index(fields=["recompute_on"], name="housing_clock_recompute"),
        ]

    def __str__(self) -> str:
        return f"{self.used}/{self.limit} {self.last_refundable_on}"

    @property
    def weekly_extra_dkk(self) -> Decimal:
        """What each week after the last refundable day costs more than one before it."""
        return self.weekly_after_dkk - self.weekly_before_dkk

    def used_on(self, day: date) -> int:
        """Days of stay in the running year at the end of `day`: the number of the day."""
        return self.used + (day - self.counted_on).days

    def left_on(self, day: date) -> int:
        """Days after `day` that are refunded if the citizen stays on; 0 when there are none.

        Counted to the last refundable day, so a year that begins anew before the limit is reached
        gives its days as well.
        """
        return max((self.last_refundable_on - day).days, 0)

    def over_on(self, day: date) -> int:
        """Days of the running year that are not refunded, at the end of `day`."""
        return self.over + max((day - max(self.counted_on, self.last_refundable_on)).days, 0)
