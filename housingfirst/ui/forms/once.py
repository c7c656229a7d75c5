"""A form sent twice is done once, and the second answer shows the first one's result.

    with once(request) as sent:
        if sent.earlier is None:
            stay = services.stay_admit(…)
            sent.result = stay_url(stay)
    return redirect(sent.address)

The template has `{% form_key %}` inside the form. The key is claimed by an insert in the same
transaction as the act, so two presses at the same moment cannot both act: the second waits for the
first, and finds its result. When the act is refused (an exception leaves the block) the key is free
again. Without a readable key nothing is guarded, and nothing fails.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.http import HttpRequest

from housingfirst.ui.models import FormKey

FIELD_NAME = "form_key"


@dataclass(slots=True)
class Sent:
    """`earlier` is the address the first press led to, or None on the first press."""

    earlier: str | None = None
    result: str = ""

    @property
    def address(self) -> str:
        return self.earlier if self.earlier is not None else self.result


@contextmanager
def once(request: HttpRequest) -> Iterator[Sent]:
    key = _key_in(request)
    sent = Sent()
    with transaction.atomic():
        if key is None:
            yield sent
            return
        if not _claim(key, request):
            sent.earlier = _result_of(key, request)
            yield sent
            return
        yield sent
        FormKey.objects.filter(key=key).update(result=sent.result)


def forget(*, before: datetime) -> int:
    """Delete keys older than `before`; returns how many."""
    return FormKey.objects.filter(created_at__lt=before).delete()[0]


def _key_in(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD_NAME, ""))
    except ValueError:
        return None


def _claim(key: uuid.UUID, request: HttpRequest) -> bool:
    """Insert the key; False when it was there, after waiting for the transaction that put it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ui_formkey (key, user_id, result, created_at) VALUES (%s, %s, '', now())"
            " ON CONFLICT DO NOTHING",
            [key, request.user.pk],
        )
        return bool(cursor.rowcount == 1)


def _result_of(key: uuid.UUID, request: HttpRequest) -> str:
    """Where the first press led. Another person's key leads nowhere in particular: home."""
    found = FormKey.objects.filter(key=key).values_list("user_id", "result").first()
    return found[1] or "/" if found and found[0] == request.user.pk else "/"
