"""Pages of large files: those I asked for, and those that wait for my yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crosssector.exports import services
from crosssector.exports.files import fetched_at
from crosssector.exports.models import ExportRequest
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request

SHOWN = 30


@require_GET
def export_list(request: Request) -> HttpResponse:
    """The newest requests of mine and of those whose files I may approve."""
    if not request.user.may(Act.EXPORT):
        raise Denied("export_list")
    now = timezone.now()
    found = (
        ExportRequest.objects.visible_to(request.user)
        .select_related("asked_by", "approved_by")
        .order_by("-created_at", "-pk")[:SHOWN]
    )
    rows = [
        {
            "export": export,
            "is_mine": export.asked_by_id == request.user.pk,
            "is_open": export.is_open(now),
            "waits": export.waits(now),
            "url": fetched_at(export) if export.asked_by_id == request.user.pk else "",
        }
        for export in found
    ]
    return render(request, "crosssector/export/list.html", {"rows": rows})


@require_POST
def export_approve(request: Request, reference: UUID) -> HttpResponse:
    """Say yes to somebody else's file."""
    export = (
        ExportRequest.objects.visible_to(request.user).filter(reference=reference).first()
        if request.user.may(Act.EXPORT)
        else None
    )
    if export is None:
        raise Denied("export_approve")
    try:
        services.export_approve(request=export, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Approved. The file can be fetched for 24 hours."))
    return redirect("crosssector:export_list")
