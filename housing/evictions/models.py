"""Rent in arrears, from the first word of it to the eviction, or to its end (law.md 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housing.evictions.enums import HeardFrom
from housing.supply.enums import DwellingKind
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Permission
from housingfirst.base.db import Versioned
from housingfirst.law.eviction import Arrears

if TYPE_CHECKING:
    from housingfirst.access.models import User

TEXT_LENGTH: Final = 2_000

OPEN: Final = Q(dismissed_on__isnull=True, evicted_on__isnull=True) & (
    Q(paid_on__isnull=True) | Q(filed_on__isnull=False) | Q(court_told_on__isnull=False)
)
"""Not over. A payment ends it, but not a case that the bailiff court has: that is withdrawn."""


class RentArrearsQuerySet(models.QuerySet["RentArrears"]):
    def visible_to(self, user: User) -> Self:
        """Of leases the user sees."""
        cases = Case.objects.visible_to(user, Permission.HOUSING)
        return self.filter(Exists(cases.filter(pk=OuterRef("tenancy__case_id"))))

    def open(self) -> Self:
        return self.filter(OPEN)


class RentArrears(Versioned):
    """Arrears of one lease; a day that is not known has not happened.

    `municipality_told_on` and `court_told_on` are the days the landlord's and the bailiff court's
    notices were received. `need_likely`: something the municipality knows makes a need for help
    likely. `declined_on` is the day the citizen was told that there is no ground for help.
    """

    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT, related_name="arrears")
    heard_on = models.DateField(_("heard on"))
    heard_from = models.CharField(_("heard from"), max_length=10, choices=HeardFrom)
    amount_dkk = models.DecimalField(
        _("amount in arrears"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    remark = models.TextField(_("remark"), max_length=TEXT_LENGTH, blank=True)
    has_child = models.BooleanField(_("a child under 18 lives there"), default=False)
    need_likely = models.BooleanField(_("a need for help is likely"), default=True)

    demanded_on = models.DateField(_("demand"), null=True, blank=True)
    terminated_on = models.DateField(_("lease ended by the landlord"), null=True, blank=True)
    filed_on = models.DateField(_("filed with the bailiff court"), null=True, blank=True)
    municipality_told_on = models.DateField(_("notice from the landlord"), null=True, blank=True)
    court_told_on = models.DateField(_("notice from the court"), null=True, blank=True)
    court_on = models.DateField(_("day in the bailiff court"), null=True, blank=True)

    considered_on = models.DateField(_("help considered"), null=True, blank=True)
    helped_on = models.DateField(_("help given"), null=True, blank=True)
    declined_on = models.DateField(_("help declined"), null=True, blank=True)
    decision_text = models.TextField(_("which help, or why none"), max_length=5_000, blank=True)
    decided_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    paid_on = models.DateField(_("paid"), null=True, blank=True)
    dismissed_on = models.DateField(_("withdrawn or dismissed"), null=True, blank=True)
    evicted_on = models.DateField(_("evicted"), null=True, blank=True)
    sheltered_on = models.DateField(_("roof given"), null=True, blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = RentArrearsQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("rent in arrears")
        verbose_name_plural = _("rents in arrears")
        constraints = [
            models.UniqueConstraint(
                fields=["tenancy"], condition=OPEN, name="housing_arrears_one_open"
            ),
            models.CheckConstraint(
                name="housing_arrears_amount_not_negative",
                condition=Q(amount_dkk__isnull=True) | Q(amount_dkk__gte=0),
            ),
            models.CheckConstraint(
                name="housing_arrears_decision_says_what",
                condition=Q(helped_on__isnull=True, declined_on__isnull=True)
                | (~Q(decision_text="") & Q(decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="housing_arrears_ended_after_demand",
                condition=Q(terminated_on__isnull=True)
                | Q(demanded_on__isnull=True)
                | Q(terminated_on__gte=F("demanded_on")),
            ),
            models.CheckConstraint(
                name="housing_arrears_evicted_after_filing",
                condition=Q(evicted_on__isnull=True)
                | Q(filed_on__isnull=True)
                | Q(evicted_on__gte=F("filed_on")),
            ),
            models.CheckConstraint(
                name="housing_arrears_roof_after_eviction",
                condition=Q(sheltered_on__isnull=True)
                | (Q(evicted_on__isnull=False) & Q(sheltered_on__gte=F("evicted_on"))),
            ),
        ]
        indexes = [models.Index(fields=["tenancy", "-heard_on"], name="housing_arrears_of_lease")]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def is_open(self) -> bool:
        """As `OPEN`."""
        if self.dismissed_on is not None or self.evicted_on is not None:
            return False
        is_in_court = self.filed_on is not None or self.court_told_on is not None
        return self.paid_on is None or is_in_court

    @property
    def needs_roof(self) -> bool:
        """After an eviction, until a roof is given (SEL § 80)."""
        return self.evicted_on is not None and self.sheltered_on is None

    @property
    def facts(self) -> Arrears:
        """What the law reads. Asks for the lease's dwelling."""
        return Arrears(
            is_social_landlord=self.tenancy.dwelling.kind != DwellingKind.PRIVATE,
            demanded_on=self.demanded_on,
            paid_on=self.paid_on,
            terminated_on=self.terminated_on,
            filed_on=self.filed_on,
            municipality_told_on=self.municipality_told_on,
            court_told_on=self.court_told_on,
            has_child=self.has_child,
            need_likely=self.need_likely,
            considered_on=self.considered_on,
            helped_on=self.helped_on,
            declined_on=self.declined_on,
            evicted_on=self.evicted_on,
            sheltered_on=self.sheltered_on,
        )
