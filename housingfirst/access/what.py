"""The words for what the access log's `what` and `detail` name in code."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_NAMES: dict[str, str | Promise] = {}
_DETAILS: dict[str, str | Promise] = {}


def name_what(names: Mapping[str, str | Promise]) -> None:
    """Give the codes of `what` their words, from AppConfig.ready."""
    _NAMES.update(names)


def name_details(names: Mapping[str, str | Promise]) -> None:
    """Give the codes of `detail`, such as the reasons of a reveal, their words."""
    _DETAILS.update(names)


def what_name(code: str) -> str:
    """What a page or an act is called. A refused page is logged by the name of its address."""
    name = _NAMES.get(code) or _NAMES.get(code.rpartition(":")[2])
    return str(name) if name else code.replace("_", " ")


def detail_name(detail: str) -> str:
    """The words of a detail; nothing for the keyed index of what was searched for."""
    if detail.startswith("hmac:"):
        return ""
    return str(_DETAILS.get(detail, detail))


def named() -> frozenset[str]:
    return frozenset(_NAMES)
