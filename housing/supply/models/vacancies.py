"""The vacancies that housing organisations report to the municipality."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import BooleanField, Case, Exists, F, FilteredRelation, OuterRef, Q, When
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from housing.supply.enums import VacancyEnd
from housing.supply.models.places import Dwelling, municipality_ids, own_unit_ids
from housingfirst.base.db import Versioned
from housingfirst.base.spans import ends_after_start
from housingfirst.law.allocation import (
    AllocationSettings,
    VacancyRent,
    VacancyRentFrom,
    vacancy_rent,
)

if TYPE_CHECKING:
    from housingfirst.access.models import User

FROM_THE_DAY: Final = AllocationSettings(vacancy_rent_from=VacancyRentFrom.AVAILABLE)
"""Counts from a first day that is known: the municipality's rule has been asked for it already."""


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def visible_to(self, user: User) -> Self:
        """A housing organisation sees its own; the municipality's people those reported to it."""
        return self.filter(
            Q(municipality__in=municipality_ids(user))
            | Q(dwelling__estate__unit__in=own_unit_ids(user))
        )

    def with_hold(self, user: User) -> Self:
        """Annotates the offer that holds the dwelling, or took it, and whether to hide its address.

        `held_by_status`, `held_until`, and `is_hidden`: the citizen is or may be protected, and
        the user has neither their case nor the dwelling.
        """
        from cases.citizens.enums import Protection
        from cases.models import Case as CaseModel
        from housing.allocation.enums import OfferStatus  # offers are the later subject

        case = CaseModel.objects.visible_to(user).filter(pk=OuterRef("held__case_id"))
        is_open = Q(held__isnull=True) | Q(held__case__citizen__protection=Protection.NO)
        # a mapping, because the model declares what is annotated here
        columns: dict[str, Any] = {
            "held_by_status": F("held__status"),
            "held_until": F("held__answer_by"),
            "is_hidden": Case(
                When(is_open, then=False),
                When(dwelling__estate__unit__in=own_unit_ids(user), then=False),
                When(Exists(case), then=False),
                default=True,
                output_field=BooleanField(),
            ),
        }
        held = FilteredRelation(
            "offers", condition=Q(offers__status__in=[OfferStatus.LIVE, OfferStatus.ACCEPTED])
        )
        return self.alias(held=held).annotate(**columns)

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def until_somebody_moves_in(self, day: date) -> Self:
        """The open ones, and those that are let from a later day than `day`."""
        is_let = Q(ended=VacancyEnd.LET, vacancy_rent_through__gte=day)
        return self.filter(Q(closed_on__isnull=True) | is_let)


class Vacancy(Versioned):
    """A dwelling reported vacant to the municipality (ABL § 59, stk. 1).

    `answer_by` and `vacancy_rent_from` are what holds: what was agreed for this one, else what the
    municipality's rule gives (`housing.supply.rent.settle`).
    """

    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="vacancies")
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="vacancies"
    )
    reported_on = models.DateField(_("reported"))
    reported_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    available_from = models.DateField(_("available from"))
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    answer_agreed_by = models.DateTimeField(_("answer agreed by"), null=True, blank=True)
    rent_agreed_from = models.DateField(_("vacancy rent agreed from"), null=True, blank=True)
    vacancy_rent_from = models.DateField(_("vacancy rent from"), null=True, blank=True)
    vacancy_rent_through = models.DateField(_("vacancy rent through"), null=True, blank=True)
    rent_dkk = models.DecimalField(
        _("rent per month"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    deposit_dkk = models.DecimalField(
        _("deposit"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    ended = models.CharField(_("ended"), max_length=14, choices=VacancyEnd, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    form_key = models.UUIDField(unique=True, null=True, editable=False)
    external_id = models.CharField(_("the organisation's number"), max_length=60, blank=True)

    held_by_status: str | None
    """The offer that holds or took the dwelling; this and the rest by `with_hold`."""
    held_until: datetime | None
    is_hidden: bool

    objects = VacancyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(closed_on__isnull=True),
                name="housing_vacancy_one_open_per_dwelling",
            ),
            models.CheckConstraint(
                name="housing_vacancy_closed_says_why",
                condition=Q(closed_on__isnull=True, ended="")
                | (Q(closed_on__isnull=False) & ~Q(ended="")),
            ),
            ends_after_start(
                "housing_vacancy_closed_after_report", start="reported_on", end="closed_on"
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "answer_by"],
                condition=Q(closed_on__isnull=True),
                name="housing_vacancy_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def lease_from(self) -> date | None:
        """The first day of the lease that ended the vacancy; None while there is none."""
        if self.ended != VacancyEnd.LET or self.vacancy_rent_through is None:
            return None
        return self.vacancy_rent_through + timedelta(days=1)

    def vacancy_rent_to(self, day: date) -> Decimal:
        """Kroner of vacancy rent from its start through `day`, as `rent_so_far` counts them."""
        found = self.rent_so_far(day)
        return found.amount_dkk if found else Decimal(0)

    def rent_so_far(self, day: date) -> VacancyRent | None:
        """What it has cost through `day`; None when the municipality pays nothing for it.

        It stops at `vacancy_rent_through`: the day before the lease, or when the dwelling was
        given back.
        """
        if self.vacancy_rent_from is None:
            return None
        last = self.vacancy_rent_through or self.closed_on
        return vacancy_rent(
            self.vacancy_rent_from,
            self.rent_dkk,
            on=day,
            let_on=last + timedelta(days=1) if last else None,
            settings=FROM_THE_DAY,
        )
