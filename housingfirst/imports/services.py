"""Checking a file and applying it. A file is applied whole, in one transaction."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Unit, User
from housingfirst.base.crypto import open_sealed, seal
from housingfirst.base.errors import NotPermitted
from housingfirst.imports.columns import ReadLine, read_lines
from housingfirst.imports.enums import LineStatus, RunState
from housingfirst.imports.errors import AlreadyApplied, FactsMoved, NothingToApply
from housingfirst.imports.importers import Importer, Planned, Progress, bound, importer_of
from housingfirst.imports.models import ImportRun
from housingfirst.imports.reading import read_sheet

AT_ONCE = 1_000
"""Files of up to so many rows are dealt with in the request; larger ones by a worker."""


@transaction.atomic
def run_start(
    *,
    importer: Importer,
    unit: Unit,
    file_name: str,
    content: bytes,
    actor: User | None,
    options: Mapping[str, str] | None = None,
) -> ImportRun:
    """Receive a file. Its header is read at once: raises Unreadable, ColumnsMissing, NotPermitted.

    `options` are what an importer that is `Asking` asked for. The dry run is `run_check`.
    """
    _require(actor, unit, importer.act)
    lines = read_lines(read_sheet(content), importer.columns)
    run = ImportRun(
        importer=importer.key,
        unit=unit,
        actor=actor,
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        total=len(lines),
        options=dict(options or {}),
    )
    run.content = seal(content, row=run.reference.bytes)
    run.save()
    return run


@transaction.atomic
def run_check(*, run: ImportRun) -> None:
    """The dry run: what each line would do, kept on the run. Writes nothing else."""
    importer = bound(importer_of(run.importer), run.options)
    plan = importer.plan(_lines(run, importer), run.unit, run.actor)
    run.counts = dict(Counter(line.status.value for line in plan))
    run.lines = [[line.number, line.status.value, line.text] for line in plan]
    run.state = RunState.CHECKED
    run.done = 0
    run.save(update_fields=["counts", "lines", "state", "done"])


@transaction.atomic
def run_claim(*, run: ImportRun, actor: User | None) -> ImportRun:
    """Mark a checked run as being applied. Raises AlreadyApplied, NothingToApply, NotPermitted."""
    _require(actor, run.unit, importer_of(run.importer).act)
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.state not in (RunState.CHECKED, RunState.FAILED):
        raise AlreadyApplied
    if not any(locked.counts.get(status.value) for status in (LineStatus.NEW, LineStatus.CHANGED)):
        raise NothingToApply
    locked.state, locked.problem = RunState.APPLYING, ""
    locked.save(update_fields=["state", "problem"])
    return locked


@transaction.atomic
def run_apply(*, run: ImportRun, progress: Progress) -> None:
    """Write the lines that are new or changed, leave out those with errors, and forget the file.

    The plan is made anew: raises FactsMoved when it would not do what the dry run said.
    """
    importer = bound(importer_of(run.importer), run.options)
    plan = importer.plan(_lines(run, importer), run.unit, run.actor)
    if [[line.number, line.status.value] for line in plan] != [line[:2] for line in run.lines]:
        raise FactsMoved
    importer.apply(plan, run.unit, run.actor, progress)
    run.state, run.done, run.content = RunState.APPLIED, run.total, None
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "done", "content", "finished_at"])
    log(run.actor, LogAction.CHANGED, (), what=f"import:{run.importer}", detail=str(run.counts))


def run_failed(*, run: ImportRun, problem: str) -> None:
    """Say on the run why it could not be done, after its transaction was rolled back."""
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.FAILED, problem=problem[:300])


def plan_of(
    importer: Importer, unit: Unit, content: bytes, actor: User | None
) -> Sequence[Planned]:
    """The dry run of a file that is not kept, for the command line."""
    return importer.plan(read_lines(read_sheet(content), importer.columns), unit, actor)


def _lines(run: ImportRun, importer: Importer) -> list[ReadLine]:
    if run.content is None:
        raise AlreadyApplied
    content = open_sealed(bytes(run.content), row=run.reference.bytes)
    return read_lines(read_sheet(content), importer.columns)


def _require(actor: User | None, unit: Unit, act: Act) -> None:
    if actor is not None and unit.pk not in actor.unit_ids_for(act):
        raise NotPermitted
