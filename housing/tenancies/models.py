"""The citizen's own home. It neither starts nor ends anybody's support."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housing.allocation.models import Offer
from housing.supply.models import Dwelling
from housing.tenancies.enums import TenancyEnd
from housingfirst.access.enums import Permission
from housingfirst.base.db import Versioned
from housingfirst.base.spans import ends_after_start, is_reversed, once_at_a_time

if TYPE_CHECKING:
    from housingfirst.access.models import User


class TenancyQuerySet(models.QuerySet["Tenancy"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user, Permission.HOUSING).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def current(self) -> Self:
        return self.filter(ends_on__isnull=True)

    def transitional(self) -> Self:
        """Those whose support ends one day: the clock of ABL § 63 runs."""
        return self.current().filter(support_ends_on__isnull=False, ordinary_from__isnull=True)


class Tenancy(Versioned):
    """A lease during [starts_on, ends_on).

    Of a transitional dwelling (ABL § 63), `support_ends_on` is the first day its support may no
    longer go with it, and `ordinary_from` the day the lease was made an ordinary one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tenancies")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="tenancies")
    offer = models.OneToOneField(
        Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="tenancy"
    )
    starts_on = models.DateField(_("lease from"))
    ends_on = models.DateField(_("lease to"), null=True, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    keys_on = models.DateField(_("keys handed over"), null=True, blank=True)
    rent_dkk = models.DecimalField(
        _("rent per month"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    deposit_dkk = models.DecimalField(
        _("deposit"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    end_reason = models.CharField(_("why it ended"), max_length=20, choices=TenancyEnd, blank=True)
    support_ends_on = models.DateField(_("support ends"), null=True, blank=True)
    ordinary_from = models.DateField(_("ordinary lease from"), null=True, blank=True)

    objects = TenancyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("tenancy")
        verbose_name_plural = _("tenancies")
        constraints = [
            ends_after_start("housing_tenancy_ends_after_start"),
            models.CheckConstraint(
                name="housing_tenancy_ended_says_why",
                condition=Q(ends_on__isnull=True, end_reason="")
                | (Q(ends_on__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="housing_tenancy_ordinary_after_transitional",
                condition=Q(ordinary_from__isnull=True)
                | Q(support_ends_on__isnull=False, ordinary_from__gte=F("starts_on")),
            ),
            once_at_a_time(
                "housing_tenancy_dwelling_once_at_a_time",
                "dwelling",
                says=_("The dwelling has another tenant then."),
            ),
            once_at_a_time(
                "housing_tenancy_case_once_at_a_time",
                "case",
                says=_("The citizen has another home then."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-starts_on"], name="housing_tenancy_of_case"),
            models.Index(
                fields=["case"],
                condition=Q(
                    support_ends_on__isnull=False, ordinary_from__isnull=True, ends_on__isnull=True
                ),
                name="housing_tenancy_transitional",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    def clean(self) -> None:
        if is_reversed(self.starts_on, self.ends_on):
            raise ValidationError({"ends_on": _("The lease ends before it starts.")})
