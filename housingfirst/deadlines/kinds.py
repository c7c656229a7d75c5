"""The kinds of deadlines: each is registered by the app that owns its facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise

from housingfirst.access.enums import Act, Permission
from housingfirst.ui import words

if TYPE_CHECKING:
    from housingfirst.access.models import User
    from housingfirst.deadlines.models import Deadline

REQUIRED_COLUMNS = ("object_key", "municipality_id", "unit_id", "due_on")
OPTIONAL_COLUMNS = (
    "person_id",
    "case_id",
    "due_at",
    "warn_from",
    "now_from",
    "weekly_cost_dkk",
    "params",
)
FACT_COLUMNS = REQUIRED_COLUMNS + OPTIONAL_COLUMNS
"""What a kind's queryset gives for each object, as annotations of these names with `fact_`.

Without `fact_warn_from` and `fact_now_from` the kind's `warning_days` decide: the first and the
last step before the due day. A warning after the due day is taken as the due day.
"""


def as_text(expression: Any) -> Cast:
    """A reference, a day or an amount as `fact_object_key` and `fact_params` hold it."""
    return Cast(expression, CharField())


WAITS_FOR = "waits_for"
"""The key of `params` with the name of whoever has the ball; empty when it is with us.

Only for kinds with `waits_for_others`; without the key, the others have it.
"""


OVERDUE_FROM = "overdue_from"
"""The key of `params` with the day (ISO) that days over are counted from, where that is not the due
day: nothing is over on it, one day the day after."""


def overdue_from(deadline: Deadline) -> date:
    """The day that days over are counted from."""
    day = deadline.params.get(OVERDUE_FROM)
    return date.fromisoformat(day) if day else deadline.due_on


Gate = Callable[["Deadline", "User", Collection[Act]], bool]
"""Whether a person may take the act that ends a deadline, by what they may do on its case."""


def on_case(act: Act) -> Gate:
    """The act is theirs who have it on the case."""
    return lambda _deadline, _user, rights: act in rights


def in_unit(act: Act) -> Gate:
    """The act is theirs who have it in the unit that must do the thing."""
    return lambda deadline, user, _rights: deadline.unit_id in user.unit_ids_for(act)


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """One kind of deadline.

    `facts(day)` gives a queryset with one row per object that is due now, annotated with `fact_`
    plus the names of FACT_COLUMNS; an object that drops out of it is closed. It runs as SQL inside
    the sweep: no row is loaded, and it depends on the day alone, for which its SQL is kept. With a
    `case_lookup` (the path from that queryset's model to the case) `fact_case_id` must be a column
    that an index answers: one case's deadlines are brought up to date at each of its events.
    Without one, the next sweep (or `services.refresh_kind`) brings the kind up to date.

    Texts are translated format strings over `params` (through `text_params`, which writes dates and
    amounts out in the reader's language). `title` says what to do, `why` why it is here, `cost`
    what happens if nothing is done; `source` is the paragraph or agreement it stands on.
    `url(deadline)` is where the act that ends it is taken; `act` names that act, and `gate` says
    who may take it: see `on_case` and `in_unit`. Others read the thing without it. `loss` orders
    kinds that are equally late: the lower, the more is lost. `warning_days` is the ladder, in days
    before the due day; an acknowledgement lapses at each step, and on the due day. `permission` is
    the grant on the case that shows it to others than its own unit.
    """

    key: str
    title: str | Promise
    why: str | Promise
    cost: str | Promise
    act: str | Promise
    source: str | Promise
    is_statutory: bool
    loss: int
    facts: Callable[[date], QuerySet[Any]]
    case_lookup: str
    url: Callable[[Deadline], str]
    gate: Gate
    warning_days: Collection[int] = field(default=(14, 2))
    waits_for_others: bool = False
    permission: Permission = Permission.VIEW
    text_params: Callable[[Mapping[str, Any]], Mapping[str, Any]] = field(default=dict)

    @property
    def ladder(self) -> tuple[int, ...]:
        """Days before the due day at which it warns anew, the first first; ends with 0."""
        return tuple(sorted({*self.warning_days, 0}, reverse=True))

    def written(self, text: str | Promise, params: Mapping[str, Any]) -> str:
        """One of the kind's texts about an object with these params."""
        return words.sentence(str(text) % self.text_params(params))


_KINDS: dict[str, DeadlineKind] = {}


def register_kind(kind: DeadlineKind) -> None:
    """Register from AppConfig.ready."""
    _KINDS[kind.key] = kind


def kind_of(key: str) -> DeadlineKind:
    """Raises KeyError for a kind that no app has registered."""
    return _KINDS[key]


def all_kinds() -> list[DeadlineKind]:
    return list(_KINDS.values())
