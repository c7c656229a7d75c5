"""What the schema says of logging in and of refusals."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": "RFC 9457. `code` is for machines, `detail` a sentence for people.",
    "properties": {
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"description": "What is wrong with each field, under its name."},
    },
    "required": ["status", "code", "detail"],
}
EVERYWHERE: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
ON_WRITING: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
WITH_VERSION: Final = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)


def describe_refusals(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Give every operation the refusals it may answer with. A hook of drf-spectacular."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    for path, item in result["paths"].items():
        for operation in (part for part in item.values() if "responses" in part):
            found = [*EVERYWHERE]
            is_list = any(one["name"] == "cursor" for one in operation.get("parameters", ()))
            if is_list:
                found.append(HTTPStatus.BAD_REQUEST)
            if is_list or "{" in path:
                found.append(HTTPStatus.NOT_FOUND)
            if "requestBody" in operation:
                found += ON_WRITING
            if any(one["in"] == "header" for one in operation.get("parameters", ())):
                found += WITH_VERSION
            operation["responses"] |= {
                str(status.value): {
                    "description": status.phrase,
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
                for status in sorted(found)
            }
    return result


class SystemAuthenticationScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # untyped base
    """Client credentials, with the scopes there are."""

    target_class = "housingfirst.api.authentication.SystemAuthentication"
    name = "systems"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "oauth2",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/api/oauth/token/",
                    "scopes": settings.OAUTH2_PROVIDER["SCOPES"],
                }
            },
        }
