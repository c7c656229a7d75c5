"""Deadlines: one table of all that must be done by a day, filled by the rules of each kind."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housingfirst.base.db import Record


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def open(self) -> DeadlineQuerySet:
        return self.filter(closed_at__isnull=True)

    def awake(self, day: date) -> DeadlineQuerySet:
        """Not put off to a later day."""
        return self.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=day))


class Deadline(Record):
    """One thing due for one object. Its facts decide when it is due and when it is closed.

    A rule owns the columns from `kind` to `params` and rewrites them whenever the facts change;
    people own the rest. `object_key` names the object within its kind.
    """

    kind = models.CharField(_("kind"), max_length=40)
    object_key = models.CharField(max_length=64)
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, related_name="deadlines"
    )
    due_on = models.DateField(_("due"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    warn_from = models.DateField(_("first warning"))
    now_from = models.DateField(_("last warning"))
    weekly_cost_dkk = models.DecimalField(
        _("cost per week"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    params = models.JSONField(_("facts of its text"), default=dict)

    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    snoozed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snooze_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_key"], name="deadlines_deadline_one_per_object"
            ),
            models.CheckConstraint(
                name="deadlines_deadline_warnings_in_order",
                condition=Q(warn_from__lte=F("now_from")) & Q(now_from__lte=F("due_on")),
            ),
            models.CheckConstraint(
                name="deadlines_deadline_snooze_has_reason",
                condition=Q(snoozed_until__isnull=True) | ~Q(snooze_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_unit",
            ),
            models.Index(
                fields=["person", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_person",
            ),
            models.Index(
                fields=["case", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"
