"""The rollup of when the state stops refunding support, for deadlines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from support.methods.models import SupportDecision


class RefundEndReason(models.TextChoices):
    """What the law says stops the refund of support that goes on."""

    WINDOW = "window", _("the time after the discharge is over")
    MONTHS = "months", _("the six months are used")


class RefundEnd(models.Model):
    """A rollup: the last day on which the state refunds a decision's support, which goes on after.

    Computed by `crosssector.readiness.refund_ends` from the citizen's stays and decisions; rebuilt
    at any time with the same result. Support that ends by then, or is not refunded, has none.

    `left_on` is the discharge that the time is counted from. A week costs the municipality
    `weekly_before_dkk` up to `last_on` and `weekly_after_dkk` from the day after; both None while
    the decision says no cost.
    """

    decision = models.OneToOneField(
        SupportDecision, on_delete=models.CASCADE, related_name="refund_end"
    )
    left_on = models.DateField()
    last_on = models.DateField()
    reason = models.CharField(max_length=6, choices=RefundEndReason)
    weekly_before_dkk = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    weekly_after_dkk = models.DecimalField(max_digits=10, decimal_places=2, null=True)

    class Meta:
        verbose_name = _("end of the reimbursement of support")
        verbose_name_plural = _("ends of the reimbursement of support")
        constraints = [
            models.CheckConstraint(
                name="crosssector_refund_end_after_discharge",
                condition=models.Q(last_on__gte=models.F("left_on")),
            ),
        ]
        indexes = [models.Index(fields=["last_on"], name="crosssector_refund_end_last")]

    def __str__(self) -> str:
        return f"{self.last_on} {self.reason}"
