"""What a button without a form answers with: the page it led to, and a sentence above it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from housingfirst.base.errors import DomainError


@contextmanager
def told(request: HttpRequest, done: str) -> Iterator[None]:
    """The person reads `done` when the act within succeeds, else why it was refused."""
    try:
        yield
    except DomainError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, done)
