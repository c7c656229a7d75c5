"""What was understood of a typed day, said back with its weekday."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from housingfirst.ui import words


def understood(value: Any) -> str:
    """ "torsdag 19. november", with a time for a moment; empty for none."""
    today = timezone.localdate()
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{words.day_long(local.date(), today=today)} {words.clock(local)}"
    return words.day_long(value, today=today) if isinstance(value, date) else ""
