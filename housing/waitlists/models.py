"""The ordinary waiting lists a citizen is on (B10): from the first day at a shelter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housingfirst.access.enums import Permission
from housingfirst.base.db import Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ListQuerySet(models.QuerySet["ListMembership"]):
    def visible_to(self, user: User) -> Self:
        """Of cases on which the user may see what finding a home needs."""
        cases = Case.objects.visible_to(user, Permission.HOUSING).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def current(self) -> Self:
        return self.filter(left_on__isnull=True)


class ListMembership(Versioned):
    """A citizen on the list of one housing organisation, or asked and not wanting to be.

    `name` is the organisation's; `organisation` is its unit here, where it has one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="waitlists")
    organisation = models.ForeignKey(
        "access.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("housing organisation"),
    )
    name = models.CharField(_("name of the organisation"), max_length=120)
    is_declined = models.BooleanField(_("does not want to"), default=False)
    joined_on = models.DateField(_("signed up"))
    left_on = models.DateField(_("left the list"), null=True, blank=True)
    number = models.CharField(_("member number"), max_length=40, blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = ListQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("place on a waiting list")
        verbose_name_plural = _("places on waiting lists")
        constraints = [
            models.UniqueConstraint(
                "case",
                Lower("name"),
                condition=Q(left_on__isnull=True),
                name="housing_waitlist_once_at_a_time",
            ),
            models.CheckConstraint(name="housing_waitlist_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="housing_waitlist_left_after_joined",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["case"],
                condition=Q(left_on__isnull=True),
                name="housing_waitlist_current",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)
