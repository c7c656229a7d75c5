"""Contacts: the one record that every later figure about contact is computed from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housingfirst.access.enums import Act
from housingfirst.base.db import Versioned
from support.enrolments.models import Enrolment
from support.visits.enums import Channel, Outcome

if TYPE_CHECKING:
    from housingfirst.access.models import User


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """Visits of cases the user sees the whole of: a shelter does not read them."""
        cases = Case.objects.visible_to(user, act=Act.CASE_WHOLE).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))


class Visit(Versioned):
    """One contact, or an attempt at one. `form_key` comes from the phone: sent twice, kept once."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    worker = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="visits")
    happened_at = models.DateTimeField(_("when"))
    outcome = models.CharField(_("how did it go"), max_length=10, choices=Outcome)
    channel = models.CharField(_("where"), max_length=10, choices=Channel, default=Channel.HOME)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    sentence = models.TextField(_("one sentence"), max_length=2_000, blank=True)
    next_on = models.DateField(_("next time"), null=True, blank=True)
    form_key = models.UUIDField(unique=True, editable=False)

    objects = VisitQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.CheckConstraint(
                name="support_visit_minutes_within_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=24 * 60),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-happened_at"], name="support_visit_newest"),
            models.Index(fields=["worker", "next_on"], name="support_visit_next"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def happened_on(self) -> date:
        """The day on the clocks of Copenhagen."""
        return timezone.localtime(self.happened_at).date()
