"""How a test opens a page and reads it."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.casework.models import Case
from housingfirst.access.models import User

HTMX = {"HX-Request": "true"}
NO_QUERY = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
"""The test's transaction makes these of what would be BEGIN and COMMIT."""


def address(name: str, case: Case | None = None, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[*([case.reference] if case else []), *args])


def opened(client: Client, user: User, url: str, **headers: str) -> str:
    """The page as `user` sees it. Fails unless it is there."""
    client.force_login(user)
    response = client.get(url, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def form(**values: Any) -> dict[str, Any]:
    """What a form sends, with a key of its own."""
    return {"form_key": str(uuid.uuid4()), **values}


def queries(client: Client, url: str) -> int:
    """How many queries a second look at the page takes: the first warms the caches."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return sum(not query["sql"].startswith(NO_QUERY) for query in captured.captured_queries)
