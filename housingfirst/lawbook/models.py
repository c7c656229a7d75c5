"""The municipality's choices where the law is open. Written once, never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housingfirst.base.db import Record


class MunicipalChoice(Record):
    """One choice; the newest of a key holds from the moment it is made.

    `key` and `value` are those of `housingfirst.law.choices`. `decided_on` is the day the
    municipality decided, which may be earlier than the day it was written here. The table refuses
    UPDATE and DELETE.
    """

    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="choices"
    )
    key = models.CharField(_("setting"), max_length=80)
    value = models.CharField(_("choice"), max_length=60)
    decided_on = models.DateField(_("decided"))
    reason = models.TextField(_("reason"), max_length=2_000)
    made_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("municipality's choice")
        verbose_name_plural = _("municipality's choices")
        constraints = [
            models.CheckConstraint(
                name="lawbook_choice_has_its_reason", condition=~Q(reason="") & ~Q(key="")
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "key", "-id"], name="lawbook_choice_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
