"""What the pages leave behind, and who sweeps it up."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from housingfirst.ui.forms.once import forget

# Nobody sends the form of a page that has stood open for longer: the session has ended.
KEPT = timedelta(days=2)


@shared_task
def forget_form_keys() -> int:
    """Delete form keys nobody can send any more; returns how many. Safe to run twice."""
    return forget(before=timezone.now() - KEPT)
