"""Domain events: what happened, in order. The timeline reads them, and others act on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from housingfirst.base.db import Record


class Event(Record):
    """Something that happened, written in the transaction in which it happened.

    `data` holds what the sentence about it needs: figures, dates (ISO) and references. No name or
    CPR number of a citizen, and a place only under the key `place`, which is hidden when the
    citizen's whereabouts are protected.
    """

    kind = models.CharField(_("kind"), max_length=60)
    at = models.DateTimeField(_("at"))
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, null=True, related_name="+"
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, related_name="events"
    )
    actor = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.UUIDField(_("subject"), null=True)
    category = models.CharField(_("category"), max_length=12)
    is_important = models.BooleanField(_("important"), default=False)
    data = models.JSONField(_("data"), default=dict)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["case", "-at", "-id"], name="events_case_newest"),
            models.Index(fields=["municipality", "-at"], name="events_municipality_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
