from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandoffKind(models.TextChoices):
    DEPOSIT_LOAN = "deposit_loan", _("Deposit loan")


class HandoffStatus(models.TextChoices):
    ASKED = "asked", _("Asked")
    QUESTION = "question", _("Waiting for us: they asked a question")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @classmethod
    def decided(cls) -> tuple[HandoffStatus, ...]:
        """Those that are a decision about the citizen's application."""
        return (cls.GRANTED, cls.REFUSED)
