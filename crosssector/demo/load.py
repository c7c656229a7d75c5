"""Loads the invented municipality: people, two years of lives, and the clocks they set going."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from crosssector.demo.claims import claims
from crosssector.demo.lives import Lives
from crosssector.demo.rows import Rows
from crosssector.demo.town import Town, build_town
from crosssector.readiness.refund_ends import refund_ends_rebuild
from housing.shelters.clock import clocks_rebuild
from housingfirst.access.installation import municipalities_load
from housingfirst.access.models import Municipality
from housingfirst.deadlines.services import sweep
from housingfirst.local.demo import PASSWORD

SEED: Final = 2023


# The database's clock dates a grant; in the demo it was given when its reason came about.
GRANTED_THEN: Final = """
UPDATE cases_casegrant AS g SET granted_at = coalesce(
    (SELECT max(s.admitted_at) FROM housing_stay s
       JOIN housing_shelter h ON h.id = s.shelter_id JOIN access_unit u ON u.id = h.unit_id
      WHERE s.case_id = g.content_object_id AND u.group_id = g.group_id),
    (SELECT max(r.sent_at) FROM housing_housingreferral r
      WHERE r.case_id = g.content_object_id AND g.reason = 'housing referral'),
    (SELECT c.opened_on FROM cases_case c WHERE c.id = g.content_object_id)
)
"""


class Scale(StrEnum):
    SMALL = "small"
    MUNICIPALITY = "municipality"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many municipalities, the beds of the largest shelter in each, and days of history."""

    towns: int
    beds: int
    days: int


PLANS: Final = {
    Scale.SMALL: Plan(towns=1, beds=14, days=420),
    Scale.MUNICIPALITY: Plan(towns=1, beds=20, days=730),
    Scale.REGION: Plan(towns=100, beds=20, days=730),
}


class AlreadyLoaded(Exception):
    """The database already holds a municipality that uses the system."""


@transaction.atomic
def load(
    scale: Scale, *, today: date, seed: int = SEED, tell: Callable[[str], None] = print
) -> list[Town]:
    """Fill an empty database. Raises AlreadyLoaded rather than mix invented people with real."""
    if Municipality.objects.filter(uses_system=True).exists():
        raise AlreadyLoaded
    plan = PLANS[scale]
    neighbours = _neighbours()
    password = make_password(PASSWORD)
    towns = []
    serial = 0
    for number in range(plan.towns):
        rows = Rows(seed + number, today)
        name = "Fjordby" if number == 0 else f"Fjordby {number + 1}"
        place = Municipality.objects.create(
            code=f"{9000 + number}", name=name, uses_system=True, phone="99 00 41 00"
        )
        town = build_town(rows, place, neighbours=neighbours, beds=plan.beds, password=password)
        lives = Lives(rows, town, plan.days, cpr_serial=serial)
        lives.play()
        serial = lives.cpr_serial
        tell(f"{name}: {len(lives.people)} citizens, {rows.count()} rows")
        rows.write(remember=plan.towns == 1)
        towns.append(town)
    with connection.cursor() as cursor:
        cursor.execute(GRANTED_THEN)
        cursor.execute("ANALYZE")
    tell(f"{clocks_rebuild(today)} reimbursement clocks")
    tell(f"reimbursed support counted in {refund_ends_rebuild()} cases")
    tell(f"{sweep(today).written} deadlines")
    claims(towns[0], today)
    return towns


def _neighbours() -> list[Municipality]:
    """Beside the real municipalities, two invented ones that citizens come from."""
    municipalities_load()
    return [
        Municipality.objects.get_or_create(
            code=code, defaults={"name": name, "phone": "99 00 51 00"}
        )[0]
        for code, name in (("9901", "Havneborg"), ("9902", "Østermark"))
    ]
