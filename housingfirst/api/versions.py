"""Optimistic concurrency over HTTP: `ETag` out, `If-Match` in."""

from __future__ import annotations

import re

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.request import Request

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the row as you saw it.",
)
_TAG = re.compile(r'(?:W/)?"(\d{1,9})"')


class VersionRequired(APIException):
    status_code = 428
    default_detail = "Send the row's ETag as If-Match, so that nobody's change is lost."
    default_code = "version_required"


def etag(version: int) -> dict[str, str]:
    """The header that names a row's version."""
    return {"ETag": f'"{version}"'}


def version_in(request: Request) -> int:
    """The version the caller saw. Raises VersionRequired without a usable If-Match."""
    match = _TAG.fullmatch(request.headers.get("If-Match", "").strip())
    if match is None:
        raise VersionRequired
    return int(match[1])
