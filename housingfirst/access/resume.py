"""What was typed when a session ended outlives the login that follows.

A form sent in a session that was left idle, or whose rights changed, is not done: it is sealed in
the new, anonymous session, and offered to the same person after login. Nobody else can open it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest
from django.utils import timezone

from housingfirst.access.models import User
from housingfirst.base.crypto import KeyUnknown, decrypt, encrypt

KEPT: Final = "resume"
WHOSE: Final = "resume_user"
CSRF: Final = "csrfmiddlewaretoken"
FOR_SECONDS: Final = 60 * 60
MOST_BYTES: Final = 200_000
"""A form of more is not kept; the longest of ours is far below."""
UNTYPED: Final = frozenset({"back", "form_key", "language", "next", "version"})
"""What forms hold that nobody has typed; a form of nothing else is not kept."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was not received: where it was sent, and each field's values in order."""

    address: str
    fields: Mapping[str, Sequence[str]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Name and value, as a form sends them."""
        return [(name, value) for name, values in self.fields.items() for value in values]

    @property
    def texts(self) -> list[str]:
        """Of the values those that are of more than one word: a person wrote them."""
        return [value for _name, value in self.pairs if " " in value.strip()]


def remember(request: HttpRequest, user: User) -> None:
    """In the anonymous session that follows `user`'s: whose forms may still come from its pages."""
    request.session[WHOSE] = user.pk


def keep(request: HttpRequest) -> None:
    """Keep the form that a page of the ended session sends, if it is one to keep."""
    whose = request.session.get(WHOSE)
    if whose is None or request.method != "POST":
        return
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES or request.FILES:
        return  # a file is chosen again
    fields = {name: values for name, values in request.POST.lists() if name != CSRF}
    if not fields.keys() - UNTYPED or any("password" in name for name in fields):
        return  # nothing was typed, or it is the login, or the page on which a password is set
    said = {
        "at": timezone.now().timestamp(),
        "address": request.get_full_path(),
        "fields": fields,
    }
    sealed = encrypt(json.dumps(said), row=_row(whose))
    request.session[KEPT] = base64.b64encode(sealed).decode()


def kept(request: HttpRequest) -> Typed | None:
    """What the logged-in user sent when their session had ended, within the last hour."""
    sealed = request.session.get(KEPT)
    if not sealed or not isinstance(request.user, User):
        return None
    try:
        said: dict[str, Any] = json.loads(
            decrypt(base64.b64decode(sealed), row=_row(request.user.pk))
        )
    except (InvalidTag, KeyUnknown, ValueError):
        return None
    if timezone.now().timestamp() - said["at"] > FOR_SECONDS:
        return None
    return Typed(said["address"], said["fields"])


def is_waiting(request: HttpRequest) -> bool:
    """Before login: whether something waits for the one who was logged in."""
    return KEPT in request.session


def forget(request: HttpRequest) -> None:
    for key in (KEPT, WHOSE):
        request.session.pop(key, None)


def _row(user_pk: int) -> bytes:
    return f"resume:{user_pk}".encode()
