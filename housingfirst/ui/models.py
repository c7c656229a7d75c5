"""The one table of the pages: which form keys have been used, and what came of them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormKey(models.Model):
    """A form that was sent once. The key is primary: the database decides a double press."""

    key = models.UUIDField(_("key"), primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("user"),
    )
    result = models.CharField(_("result"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("form key")
        verbose_name_plural = _("form keys")
        indexes = [models.Index(fields=["created_at"], name="ui_formkey_created")]

    def __str__(self) -> str:
        return str(self.key)
