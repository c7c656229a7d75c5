"""The kinds of deadlines: each is registered by the app that owns its facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from housingfirst.deadlines.models import Deadline

FACT_COLUMNS = (
    "object_key",
    "municipality_id",
    "unit_id",
    "person_id",
    "case_id",
    "due_on",
    "due_at",
    "warn_from",
    "now_from",
    "weekly_cost_dkk",
    "params",
)
"""What a rule's queryset gives for each object, as annotations of these names with `fact_`."""


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """One kind of deadline.

    `facts(day)` gives a queryset with one row per object that is due now, annotated with `fact_`
    plus each of FACT_COLUMNS; an object that drops out of it is closed. It runs as SQL inside the
    sweep: no row is loaded. `case_lookup` is the path from that queryset's model to the case, so
    that one case's deadlines can be brought up to date at once.

    Texts are translated format strings over `params`. `title` says what to do, `why` why it is
    here, `cost` what happens if nothing is done. `url(deadline)` is where the act that ends it is
    taken; `act` names that act. `loss` orders kinds that are equally late: the lower, the more is
    lost.
    """

    key: str
    title: str | Promise
    why: str | Promise
    cost: str | Promise
    act: str | Promise
    source: str | Promise
    is_statutory: bool
    loss: int
    facts: Callable[[date], QuerySet[Model]]
    case_lookup: str
    url: Callable[[Deadline], str]
    warning_days: Collection[int] = field(default=(14, 2))
    waits_for_others: bool = False
    text_params: Callable[[Mapping[str, Any]], Mapping[str, Any]] = field(default=dict)


_KINDS: dict[str, DeadlineKind] = {}


def register_kind(kind: DeadlineKind) -> None:
    """Register from AppConfig.ready."""
    _KINDS[kind.key] = kind


def kind_of(key: str) -> DeadlineKind:
    """Raises KeyError for a kind that no app has registered."""
    return _KINDS[key]


def all_kinds() -> list[DeadlineKind]:
    return list(_KINDS.values())
