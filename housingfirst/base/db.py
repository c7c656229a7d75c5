"""How rows are written: one helper that carries the actor, versions and named constraints."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction

from housingfirst.base.errors import DomainError, StaleVersion

if TYPE_CHECKING:
    from housingfirst.access.models import User


class Record(models.Model):
    """A row that has a public name: `reference` is what addresses and the API show."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Versioned(Record):
    """A row that two people may edit at once: `version` counts its saves."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def save_as(
    actor: User | None,
    row: models.Model,
    *,
    version: int | None = None,
    reason: str = "",
) -> None:
    """Save `row` in the name of `actor`, so that its history says who and why.

    `version` is the version the actor saw; a `Versioned` row that has moved on since raises
    StaleVersion with the row as it is now. Without `version` the row's own is taken.
    """
    _told(actor, row, reason)
    if isinstance(row, Versioned) and not row._state.adding:
        row.version = _seen(row, version) + 1
    row.save()


def delete_as(actor: User | None, row: Versioned, *, version: int | None = None) -> None:
    """Delete `row` in the name of `actor`; its history keeps what stood there, and says so.

    Raises StaleVersion as `save_as` does.
    """
    _seen(row, version)
    _told(actor, row, "")
    row.delete()


def _told(actor: User | None, row: models.Model, reason: str) -> None:
    row._history_user = actor  # type: ignore[attr-defined]  # simple-history reads this name
    row._change_reason = reason or None  # type: ignore[attr-defined]  # same


def _seen(row: Versioned, version: int | None) -> int:
    """The version the actor saw, which is the row's own still; the row is held from now on."""
    seen = row.version if version is None else version
    manager: models.Manager[Any] = type(row)._base_manager
    current = manager.select_for_update(of=("self",)).get(pk=row.pk)
    if current.version != seen:
        raise StaleVersion(current)
    return seen


@contextmanager
def constraint_as(refusals: Mapping[str, type[DomainError] | DomainError]) -> Iterator[None]:
    """Turn the violation of a named constraint into the refusal it stands for.

    Opens a savepoint, so that the transaction goes on after the refusal. A violation that is
    not named in `refusals` is raised as it is.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name is not None and name in refusals:
            refusal = refusals[name]
            raise (refusal if isinstance(refusal, DomainError) else refusal()) from error
        raise
