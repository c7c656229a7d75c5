"""Municipalities, organisations and their units."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import OrganisationKind, UnitKind
from housingfirst.base.db import Record


class Municipality(models.Model):
    """One of the 98 municipalities, or a fictional one in demo data. Only some use the system."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=80)
    uses_system = models.BooleanField(_("uses the system"), default=False)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Organisation(Record):
    """A legal body whose people use the system or are written to."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Unit(Record):
    """Where people work together and what cases and handoffs are given to.

    Each unit has a group: the holder of its grants on cases.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="units")
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name=_("municipality"),
        help_text=_("The municipality the unit belongs to, or lies in."),
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    takes_intake = models.BooleanField(
        _("takes intake"),
        default=False,
        help_text=_("Notices about citizens whom nobody has yet come to this unit."),
    )
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="unit")

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(
                name="access_unit_one_intake_per_municipality",
                fields=["municipality"],
                condition=Q(takes_intake=True),
                violation_error_message=_("Another unit already takes intake."),
            ),
            models.CheckConstraint(
                name="access_unit_intake_is_a_teams",
                condition=Q(takes_intake=False) | Q(kind=UnitKind.TEAM),
            ),
        ]

    def __str__(self) -> str:
        return self.name
