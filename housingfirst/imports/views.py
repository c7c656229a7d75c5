"""Pages: choose a file, see what it would do, apply it."""

from __future__ import annotations

import csv
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from housingfirst.access.denied import Denied
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.imports import services
from housingfirst.imports.enums import LineStatus, RunState
from housingfirst.imports.forms import ImportForm
from housingfirst.imports.importers import Asking, Importer, all_importers, importer_of
from housingfirst.imports.jobs import apply_now, apply_run, check_run
from housingfirst.imports.models import ImportRun
from housingfirst.ui.parts import Filter

LINES_PER_PAGE = 100


def importer_for(request: Request, key: str) -> Importer:
    """The importer, if the user may use it in one of their units."""
    try:
        importer = importer_of(key)
    except KeyError:
        raise Denied("import") from None
    if not request.user.may(importer.act):
        raise PermissionDenied
    return importer


@require_GET
def import_list(request: Request) -> HttpResponse:
    """What the user may import, and what was imported lately."""
    importers = [one for one in all_importers() if request.user.may(one.act)]
    if not importers:
        raise PermissionDenied
    runs = (
        ImportRun.objects.visible_to(request.user)
        .filter(importer__in=[one.key for one in importers])
        .select_related("unit", "actor")
        .defer("content", "lines")
        .order_by("-created_at")[:20]
    )
    return render(request, "imports/list.html", {"importers": importers, "runs": runs})


@require_http_methods(["GET", "POST"])
def import_create(request: Request, importer_key: str) -> HttpResponse:
    importer = importer_for(request, importer_key)
    posted = request.method == "POST"
    form = ImportForm(
        request.user, importer, request.POST if posted else None, request.FILES if posted else None
    )
    if posted and form.is_valid():
        try:
            run = services.run_start(
                importer=importer,
                unit=form.cleaned_data["unit"],
                file_name=form.file_name,
                content=form.cleaned_data["file"],
                actor=request.user,
                options=importer.options(form.cleaned_data)
                if isinstance(importer, Asking)
                else None,
            )
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            if run.total <= services.AT_ONCE:
                services.run_check(run=run)
            else:
                transaction.on_commit(lambda: check_run.delay(run.pk), robust=True)
            return redirect("imports:import_detail", run_reference=run.reference)
    context = {"importer": importer, "form": form}
    return render(request, "imports/create.html", context, status=422 if form.errors else 200)


@require_GET
def import_sample(request: Request, importer_key: str) -> HttpResponse:
    """A file with the right columns and one invented row."""
    importer = importer_for(request, importer_key)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{importer.key}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([column.name for column in importer.columns])
    writer.writerow([column.example for column in importer.columns])
    return response


@require_GET
def import_detail(request: Request, run_reference: UUID) -> HttpResponse:
    """The report, line by line; while a worker has it, its progress."""
    run = _run(request, run_reference)
    importer = importer_of(run.importer)
    status = request.GET.get("status", "")
    lines = [
        {"number": number, "status": LineStatus(kind), "text": text}
        for number, kind, text in run.lines
        if status in ("", kind)
    ]
    filters = [Filter(_("All"), "?", not status, run.total)] + [
        Filter(str(kind.label), f"?status={kind.value}", status == kind.value, count)
        for kind in LineStatus
        if (count := run.counts.get(kind.value))
    ]
    context = {
        "run": run,
        "importer": importer,
        "result_url": importer.result_url(run.options)
        if isinstance(importer, Asking) and run.state == RunState.APPLIED
        else "",
        "page": Paginator(lines, LINES_PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "status": status,
        "to_write": sum(run.counts.get(k, 0) for k in (LineStatus.NEW, LineStatus.CHANGED)),
        "to_skip": run.counts.get(LineStatus.ERROR, 0),
        "is_busy": run.state in (RunState.CHECKING, RunState.APPLYING),
    }
    template = "imports/detail.html" + ("#run" if request.htmx else "")
    return render(request, template, context)


@require_POST
@transaction.non_atomic_requests
def import_apply(request: Request, run_reference: UUID) -> HttpResponse:
    """Apply. Not in the request's transaction: the progress of `apply_now` must be seen."""
    run = _run(request, run_reference)
    try:
        run = services.run_claim(run=run, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        if run.total <= services.AT_ONCE:
            apply_now(run)
        else:
            transaction.on_commit(lambda: apply_run.delay(run.pk), robust=True)
    return redirect("imports:import_detail", run_reference=run.reference)


def _run(request: Request, reference: UUID) -> ImportRun:
    run = ImportRun.objects.visible_to(request.user).filter(reference=reference).first()
    if run is None or not request.user.may(importer_of(run.importer).act):
        raise Denied("import")
    return run
