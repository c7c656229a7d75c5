"""The access log is written once and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction

from housingfirst.access.enums import LogAction, Role
from housingfirst.access.log import log
from housingfirst.access.models import AccessEntry
from tests.access.factories import make_user

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_what_and_whom() -> None:
    user = make_user(Role.ADVISER)

    log(user, LogAction.VIEWED, [7, 3, 7], what="case")

    entry = AccessEntry.objects.get(what="case")
    assert (entry.user, entry.role, entry.citizen_ids) == (user, Role.ADVISER, [3, 7])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE access_entry SET what = 'nothing'",
        "DELETE FROM access_entry",
        "TRUNCATE access_entry",
    ],
)
def test_T30_an_entry_is_never_changed_or_removed(sql: str) -> None:
    log(None, LogAction.VIEWED, [1], what="case")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert AccessEntry.objects.filter(what="case").count() == 1
