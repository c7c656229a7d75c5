"""Shelters, their prices, rooms and beds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from housing.shelters.enums import Section
from housingfirst.access.enums import Act
from housingfirst.base.db import Record, Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ShelterQuerySet(models.QuerySet["Shelter"]):
    def visible_to(self, user: User) -> Self:
        """The shelters whose staff the user is."""
        return self.filter(unit__in=user.unit_ids_for(Act.STAY_VIEW))


class Shelter(Versioned):
    """A boform under § 110 (or a neighbouring paragraph). Its leader decides on admission."""

    unit = models.OneToOneField(
        "access.Unit", on_delete=models.PROTECT, related_name="shelter", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=120)
    section = models.CharField(_("section"), max_length=3, choices=Section, default=Section.S110)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    registered_number = models.CharField(_("number on Tilbudsportalen"), max_length=20, blank=True)
    registered_from = models.DateField(_("on Tilbudsportalen since"), null=True, blank=True)

    objects = ShelterQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("shelter")
        verbose_name_plural = _("shelters")

    def __str__(self) -> str:
        return self.name

    def is_registered_on(self, day: date) -> bool:
        """Whether the place stood on Tilbudsportalen: only then is a stay refunded.

        A place with a number and no date has always stood there.
        """
        since = self.registered_from
        return bool(self.registered_number) and (since is None or since <= day)


class ShelterRate(models.Model):
    """The shelter's fixed price per day from a date, and what a resident pays of it.

    It holds until the day before the next one's, so that two can never hold at once.
    """

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="rates")
    valid_from = models.DateField(_("from"))
    daily_rate_dkk = models.DecimalField(
        _("daily rate"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    resident_payment_dkk = models.DecimalField(
        _("resident's payment per day"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    registered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField(_("registered"), auto_now_add=True, null=True)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        constraints = [
            models.UniqueConstraint(
                fields=["shelter", "valid_from"], name="housing_rate_one_per_day"
            ),
            models.CheckConstraint(
                name="housing_rate_payment_within_rate",
                condition=Q(resident_payment_dkk__gte=0)
                & Q(daily_rate_dkk__gte=F("resident_payment_dkk")),
            ),
        ]
        ordering = ("-valid_from",)

    def __str__(self) -> str:
        return f"{self.daily_rate_dkk} {self.valid_from}"

    def may_be_removed(self, today: date) -> bool:
        """Before it comes into force; and on the day it was registered, when it was mistyped."""
        at = self.registered_at
        return self.valid_from > today or (at is not None and timezone.localdate(at) == today)


class Room(models.Model):
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("room"), max_length=40)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(fields=["shelter", "name"], name="housing_room_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Bed(Record):
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(_("bed"), max_length=40)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("bed")
        verbose_name_plural = _("beds")
        constraints = [
            models.UniqueConstraint(fields=["room", "label"], name="housing_bed_label_unique"),
        ]

    def __str__(self) -> str:
        return self.label
