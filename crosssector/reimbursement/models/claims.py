"""A municipality's claim for a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from crosssector.reimbursement.enums import ClaimState
from crosssector.reimbursement.rules import FIRST_MONTHS, Quarter
from housingfirst.access.enums import Act
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: User, act: Act = Act.CLAIM_VIEW) -> Self:
        """The claims of the municipalities in which the user has `act`."""
        return self.filter(municipality__in={unit.municipality_id for unit in user.units_for(act)})

    def locked(self) -> Self:
        return self.filter(state=ClaimState.LOCKED)


class Claim(Versioned):
    """What a municipality asks the state to pay of one quarter, line by line.

    `counted_through` is the last day that was counted, before the quarter's last one while it runs.
    `settings` are the municipality's readings of the law and the versions of its parameters that
    the lines were computed with; `digest` is of the lines. Locked, neither the claim nor its lines
    can be changed or deleted: a trigger of the database refuses.
    """

    municipality = models.ForeignKey(
        "access.Municipality",
        on_delete=models.PROTECT,
        related_name="claims",
        verbose_name=_("municipality"),
    )
    quarter_starts_on = models.DateField(_("quarter from"))
    state = models.CharField(_("state"), max_length=8, choices=ClaimState, default=ClaimState.DRAFT)
    counted_through = models.DateField(_("counted through"))
    settings = models.JSONField(_("readings of the law"))
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField(_("drafted"))
    checked_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("sent for approval"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "quarter_starts_on"],
                name="crosssector_claim_one_per_quarter",
            ),
            models.CheckConstraint(
                name="crosssector_claim_of_a_quarter",
                condition=Q(quarter_starts_on__day=1, quarter_starts_on__month__in=FIRST_MONTHS),
            ),
            models.CheckConstraint(
                name="crosssector_claim_by_two_people",
                condition=Q(approved_by__isnull=True)
                | (~Q(approved_by=F("drafted_by")) & ~Q(approved_by=F("checked_by"))),
            ),
            models.CheckConstraint(
                name="crosssector_claim_state_has_its_facts",
                condition=Q(
                    state=ClaimState.DRAFT,
                    checked_at__isnull=True,
                    approved_by__isnull=True,
                    locked_at__isnull=True,
                )
                | Q(
                    state=ClaimState.CHECKED,
                    checked_by__isnull=False,
                    checked_at__isnull=False,
                    approved_by__isnull=True,
                    locked_at__isnull=True,
                )
                | Q(
                    state=ClaimState.LOCKED,
                    drafted_by__isnull=False,
                    checked_by__isnull=False,
                    checked_at__isnull=False,
                    approved_by__isnull=False,
                    locked_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.quarter.key}"

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.quarter_starts_on)

    @property
    def is_locked(self) -> bool:
        return self.state == ClaimState.LOCKED

    @property
    def is_whole(self) -> bool:
        """Whether every day of the quarter has been counted."""
        return self.counted_through == self.quarter.last_on
