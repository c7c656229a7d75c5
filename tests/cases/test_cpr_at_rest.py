"""CPR numbers in the database: sealed to their row, found by a keyed index, never in clear."""

import re

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection
from django.test import Client

from cases.citizens.models import Citizen
from housingfirst.access.enums import Role
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_citizen
from tests.cases.pages import address, form

pytestmark = pytest.mark.django_db

CPR = "150583-4008"
OTHER = "110777-4009"


def everything() -> str:
    """Every value of every table of the database, as text and as the text of its bytes."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, memoryview) else None
                    found.append(raw.decode("latin-1") if raw is not None else str(value))
    return "\n".join(found)


def test_T28_no_number_lies_in_clear_after_all_that_is_done_with_it(client: Client) -> None:
    unit = make_unit()
    client.force_login(make_user(Role.ADVISER, unit))
    client.post("/cases/new/", form(name="Sanne Bay", protection="no", cpr=CPR))
    case = Citizen.objects.get().cases.get()
    client.post(address("cpr_reveal", case))
    client.post("/cases/search/", {"q": CPR})
    client.post("/cases/search/", {"q": CPR.replace("-", "")})
    client.post("/cases/quick-note/", form(q=CPR))
    client.post(address("cpr_edit", case), form(cpr=OTHER, version="1"))
    client.post("/cases/new/", form(name="Sanne Bay", protection="no", cpr=OTHER))

    stored = everything()

    assert Citizen.objects.get().cpr_opened() == OTHER.replace("-", "")
    assert "Sanne Bay" in stored
    for number in (CPR, OTHER):
        assert not re.search(rf"{number[:6]}.?{number[7:]}", stored)


def test_C08_text_moved_to_another_row_does_not_open() -> None:
    first, second = make_citizen(cpr=CPR), make_citizen(cpr=OTHER)
    Citizen.objects.filter(pk=second.pk).update(cpr_sealed=first.cpr_sealed)
    second.refresh_from_db()

    assert first.cpr_opened() == "1505834008"
    with pytest.raises(InvalidTag):
        second.cpr_opened()


def test_the_same_number_is_sealed_differently_each_time() -> None:
    first = bytes(make_citizen(cpr=CPR).cpr_sealed or b"")
    Citizen.objects.all().update(cpr_index=None)
    second = bytes(make_citizen(cpr=CPR).cpr_sealed or b"")

    assert first != second
