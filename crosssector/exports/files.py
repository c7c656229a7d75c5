"""Where each kind of large file is fetched once it is approved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from crosssector.exports.models import ExportRequest

Address = Callable[[str], str]
"""The file's address with its filter, from the `query` that was asked for."""

_FILES: Final[dict[str, Address]] = {}


def register_file(what: str, address: Address) -> None:
    """Register from AppConfig.ready what `ExportRequest.what` names."""
    _FILES[what] = address


def fetched_at(request: ExportRequest) -> str:
    """The address that gives the file by this approval. Raises KeyError for an unknown kind."""
    address = _FILES[request.what](request.query)
    return f"{address}{'&' if '?' in address else '?'}approval={request.reference}"
