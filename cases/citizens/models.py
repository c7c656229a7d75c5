"""The person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.citizens.enums import Protection
from housingfirst.access.enums import Permission
from housingfirst.base.crypto import decrypt
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User

DANISH_ORDER = "danish_order"
"""The SQL function, made by a migration, whose value sorts as a Dane would: æ, ø, å last."""


class CitizenQuerySet(models.QuerySet["Citizen"]):
    def visible_to(self, user: User, permission: Permission = Permission.VIEW) -> CitizenQuerySet:
        """Citizens with at least one case on which the user holds `permission` today."""
        from cases.casework.models import Case  # the case is the later subject

        cases = Case.objects.visible_to(user, permission).filter(citizen=OuterRef("pk"))
        return self.filter(Exists(cases))


class Citizen(Versioned):
    """A citizen without a home, or at risk. One row per person in the whole system.

    The CPR number is sealed to this row (`cpr_sealed`) and found by its keyed index. Both are
    empty for a citizen who has none or will not give it.
    """

    name = models.CharField(_("name"), max_length=120)
    name_order = models.GeneratedField(
        expression=Func(F("name"), function=DANISH_ORDER),
        output_field=models.TextField(),
        db_persist=True,
    )
    cpr_sealed = models.BinaryField(null=True, blank=True, editable=False)
    cpr_index = models.BinaryField(null=True, blank=True, unique=True, editable=False)
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    protection = models.CharField(
        _("name and address protection"),
        max_length=8,
        choices=Protection,
        default=Protection.UNKNOWN,
    )
    protected_until = models.DateField(_("protected until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=40, default="Dansk", blank=True)
    needs_interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)

    objects = CitizenQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name_order"])

    class Meta:
        verbose_name = _("citizen")
        verbose_name_plural = _("citizens")
        indexes = [
            GinIndex(
                OpClass(Lower("name"), name="gin_trgm_ops"), name="cases_citizen_name_trigram"
            ),
            models.Index(fields=["birth_date"], name="cases_citizen_birth_date"),
            models.Index(fields=["name_order", "id"], name="cases_citizen_name_order"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def is_protected(self) -> bool:
        """Whether the address must be hidden. What is not known to be open is protected.

        A protection that has lapsed must be looked up again before it is set to "no", so a past
        `protected_until` does not open anything by itself.
        """
        return self.protection != Protection.NO

    @property
    def has_cpr(self) -> bool:
        return self.cpr_sealed is not None

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`; None when the date of birth is unknown."""
        born = self.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def cpr_opened(self) -> str | None:
        """The CPR number in clear. Only `citizens.services.cpr_reveal` calls this: it logs."""
        if self.cpr_sealed is None:
            return None
        return decrypt(bytes(self.cpr_sealed), row=self.reference.bytes)
