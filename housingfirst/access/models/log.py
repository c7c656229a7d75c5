"""The access log: who looked at whom, when, and why. Written once, never changed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import LogAction, Purpose


class AccessEntry(models.Model):
    """One use of personal data.

    The table is made by a migration of its own (`managed = False`): partitioned by month, with a
    trigger and grants that allow nothing but INSERT. Its columns hold no foreign keys in the
    database, so that the log outlives what it speaks of.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"))
    user = models.ForeignKey(
        "access.User",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    unit = models.ForeignKey(
        "access.Unit",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    role = models.CharField(_("role"), max_length=20, blank=True)
    action = models.CharField(_("action"), max_length=10, choices=LogAction)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    citizen_ids = ArrayField(models.BigIntegerField(), default=list)
    what = models.CharField(_("what"), max_length=80)
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    request_id = models.UUIDField(default=uuid.uuid4)

    class Meta:
        managed = False
        db_table = "access_entry"
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log entries")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.what}"
