"""Areas, housing organisations' estates, and their dwellings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from housing.supply import wording
from housing.supply.enums import DwellingKind
from housingfirst.access.enums import Act, Role
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


def own_unit_ids(user: User) -> list[int]:
    """The housing organisations whose people the user is: they see their own dwellings alone."""
    return [
        m.unit_id
        for m in user.current_memberships
        if m.role == Role.PARTNER and Act.VACANCY_VIEW in m.acts
    ]


def municipality_ids(user: User) -> list[int]:
    """The municipalities whose vacancies the user sees as one of their people."""
    return sorted(
        {
            m.unit.municipality_id
            for m in user.current_memberships
            if m.role != Role.PARTNER and Act.VACANCY_VIEW in m.acts
        }
    )


class AreaQuerySet(models.QuerySet["Area"]):
    def visible_to(self, user: User) -> Self:
        """The areas of the municipalities that the user's units belong to, or lie in."""
        return self.filter(
            municipality__in={m.unit.municipality_id for m in user.current_memberships}
        )


class Area(models.Model):
    """A part of the municipality that citizens wish for or not."""

    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="areas"
    )
    name = models.CharField(_("area"), max_length=60)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="housing_area_unique"),
        ]
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class EstateQuerySet(models.QuerySet["Estate"]):
    def visible_to(self, user: User) -> Self:
        """A housing organisation's own; the municipality's people those in its areas."""
        return self.filter(
            Q(area__municipality__in=municipality_ids(user)) | Q(unit__in=own_unit_ids(user))
        )


class Estate(Versioned):
    """An afdeling of a housing organisation.

    Barred and flexible letting (R-ABL-59-6, R-ABL-60) are marks with a reason: whom they cover is
    checked by a person, never decided by the system.
    """

    unit = models.ForeignKey(
        "access.Unit",
        on_delete=models.PROTECT,
        related_name="estates",
        verbose_name=_("housing organisation"),
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="estates")
    name = models.CharField(_("estate"), max_length=120)
    allocation_barred = models.BooleanField(_("barred from allocation"), default=False)
    barred_reason = models.CharField(_("why barred"), max_length=200, blank=True)
    flexible_letting = models.BooleanField(_("flexible letting"), default=False)

    objects = EstateQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("estate")
        verbose_name_plural = _("estates")
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="housing_estate_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class DwellingQuerySet(models.QuerySet["Dwelling"]):
    def visible_to(self, user: User) -> Self:
        """Dwellings of the estates the user sees."""
        return self.filter(estate__in=Estate.objects.visible_to(user))


class Dwelling(Versioned):
    """A home. `floor` 0 is the ground floor; rent is per month without utilities."""

    estate = models.ForeignKey(Estate, on_delete=models.PROTECT, related_name="dwellings")
    number = models.CharField(_("number"), max_length=30)
    address = models.CharField(_("address"), max_length=120)
    kind = models.CharField(
        _("kind"), max_length=12, choices=DwellingKind, default=DwellingKind.FAMILY
    )
    rooms = models.PositiveSmallIntegerField(_("rooms"), validators=[MinValueValidator(1)])
    size_m2 = models.PositiveSmallIntegerField(_("size"), validators=[MinValueValidator(1)])
    floor = models.SmallIntegerField(_("floor"), default=0)
    has_lift = models.BooleanField(_("lift"), default=False)
    step_free = models.BooleanField(_("step-free"), default=False)
    has_outdoor_space = models.BooleanField(_("balcony or garden"), default=False)
    pets_allowed = models.BooleanField(_("pets allowed"), default=False)
    rent_dkk = models.DecimalField(
        _("rent per month"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    deposit_dkk = models.DecimalField(
        _("deposit"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )

    objects = DwellingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")
        constraints = [
            models.UniqueConstraint(fields=["estate", "number"], name="housing_dwelling_unique"),
            models.CheckConstraint(
                name="housing_dwelling_amounts_not_negative",
                condition=Q(rent_dkk__gte=0) & Q(deposit_dkk__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def size_text(self) -> str:
        """ "2 rum, 51 m²" """
        return wording.size(self)
