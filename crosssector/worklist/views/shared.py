"""What the pages of the worklist share: whose list, which thing, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from crosssector.worklist.rows import Scope
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit, User
from housingfirst.base.http import Request
from housingfirst.deadlines.kinds import all_kinds
from housingfirst.deadlines.models import Deadline


def scope_of(user: User, unit: Unit | None = None) -> Scope:
    return Scope(user=user, day=timezone.localdate(), now=timezone.now(), unit=unit)


def deadline_for(user: User, reference: UUID) -> Deadline:
    """The deadline, open or closed. Raises Denied, a logged 404."""
    rows = Deadline.objects.filter(reference=reference)
    deadline = (
        rows.visible_to(user)
        .filter(kind__in=[kind.key for kind in all_kinds()])
        .select_related("case__citizen", "unit", "acknowledged_by", "snoozed_by")
        .first()
        if user.may(Act.WORKLIST)
        else None
    )
    if deadline is None:
        citizens = rows.filter(case__isnull=False).values_list("case__citizen_id", flat=True)
        raise Denied("deadline", tuple(citizens))
    return deadline


def back(request: Request) -> HttpResponse:
    """To the list the act was taken on."""
    return redirect(back_url(request))


def back_url(request: Request) -> str:
    """Where the form says it came from, if that is a page of ours; else the user's own list."""
    given: Any = request.POST.get("back") or request.GET.get("back") or ""
    if url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/"):
        return str(given)
    return reverse("deadlines:my_day")
