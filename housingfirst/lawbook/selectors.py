"""What a municipality has chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextvars import ContextVar
from uuid import UUID

from housingfirst.access.log import current_request_id
from housingfirst.law.choices import DEFAULT_CHOICES, Choices, choices_from
from housingfirst.lawbook.models import MunicipalChoice

__all__ = ["Choices", "choices_by_municipality", "choices_of", "forget_choices", "remember_choices"]

_Known = tuple[UUID, dict[int, Choices] | None]
_known: ContextVar[_Known | None] = ContextVar("lawbook_choices", default=None)
"""What this request has read, under its id; None in place of the answers once it has written."""


def choices_of(municipality_id: int) -> Choices:
    """The municipality's choices, the defaults where it has made none. One query, once a request.

    Outside a request every call asks: a job that handles many asks `choices_by_municipality`.
    """
    return choices_by_municipality([municipality_id])[municipality_id]


def choices_by_municipality(municipality_ids: Collection[int]) -> Mapping[int, Choices]:
    """The choices of each of these municipalities, in one query or none."""
    wanted = set(municipality_ids)
    known = _of_request()
    missing = wanted - known.keys() if known is not None else wanted
    found = dict.fromkeys(missing, DEFAULT_CHOICES)
    stored: dict[int, dict[str, str]] = {}
    if missing:
        newest = (
            MunicipalChoice.objects.filter(municipality__in=missing)
            .order_by("municipality_id", "key", "-pk")
            .distinct("municipality_id", "key")
        )
        for municipality_id, key, value in newest.values_list("municipality_id", "key", "value"):
            stored.setdefault(municipality_id, {})[key] = value
    found |= {pk: choices_from(texts) for pk, texts in stored.items()}
    if known is None:
        return found
    known |= found
    return {pk: known[pk] for pk in wanted}


def remember_choices(municipality_id: int, chosen: Iterable[Mapping[str, str]]) -> None:
    """What another query of this request has read along: `expressions.all_chosen`."""
    known = _of_request()
    if known is not None:
        known[municipality_id] = choices_from({one["key"]: one["value"] for one in chosen})


def forget_choices() -> None:
    """From now on this request reads the choices anew each time: it changes them."""
    request_id = current_request_id.get()
    if request_id is not None:
        _known.set((request_id, None))


def _of_request() -> dict[int, Choices] | None:
    """What this request knows; None outside a request, and once the request has chosen."""
    request_id = current_request_id.get()
    if request_id is None:
        return None
    kept = _known.get()
    if kept is None or kept[0] != request_id:
        kept = (request_id, {})
        _known.set(kept)
    return kept[1]
