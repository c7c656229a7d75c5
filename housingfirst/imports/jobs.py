"""Files too large for a request, checked and applied by a worker."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from housingfirst.base.errors import DomainError
from housingfirst.imports import services
from housingfirst.imports.enums import RunState
from housingfirst.imports.models import ImportRun
from housingfirst.imports.progress import VisibleProgress


@shared_task
def check_run(run_id: int) -> None:
    """The dry run of a large file. Safe to run twice: a checked run is left alone."""
    run = ImportRun.objects.filter(pk=run_id, state=RunState.CHECKING).first()
    if run is not None:
        services.run_check(run=run)


@shared_task
def apply_run(run_id: int) -> None:
    """Apply a claimed run. Safe to run twice: an applied run is left alone."""
    run = ImportRun.objects.filter(pk=run_id, state=RunState.APPLYING).first()
    if run is not None:
        apply_now(run)


def apply_now(run: ImportRun) -> None:
    """Apply, with progress that shows, and say on the run why it could not be done."""
    try:
        with VisibleProgress(run) as progress:
            services.run_apply(run=run, progress=progress)
    except DomainError as error:
        services.run_failed(run=run, problem=str(error))


@shared_task
def pick_up() -> int:
    """Start what lost its message to the broker; the number of runs started. Each minute."""
    stale = timezone.now() - timedelta(minutes=2)
    waiting = ImportRun.objects.filter(created_at__lt=stale, done=0)
    runs = waiting.filter(state__in=[RunState.CHECKING, RunState.APPLYING])
    for run in runs:
        task = check_run if run.state == RunState.CHECKING else apply_run
        task.delay(run.pk)
    return len(runs)


@shared_task
def forget_files() -> int:
    """Forget the files of runs nobody has applied within a day."""
    old = timezone.now() - timedelta(days=1)
    return ImportRun.objects.filter(created_at__lt=old, content__isnull=False).update(content=None)
