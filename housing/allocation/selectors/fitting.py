"""How many of those waiting each of several dwellings fits, in one query.

`matching.with_verdict` asks the same of one dwelling, row by row; a test compares both with the
rules. With a condition for each dwelling instead, building the query took longer than the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from housing.allocation.models import HousingReferral
from housing.allocation.rules import DEFAULT_REACH, DwellingFacts
from housing.allocation.selectors.matching import missed_stairs, wrong_tracks

COLUMNS: Final = ("id", "rent_max_dkk", "rooms_min", "track", "stairs", "has_pets", "is_offered")

COUNT: Final = """
SELECT d.key, count(*)
FROM jsonb_to_recordset(%s::jsonb) AS d(
  key bigint, area bigint, rent numeric, rooms int, pets bool, tracks jsonb, stairs jsonb
)
JOIN ({waiting}) w
  ON (w.rent_max_dkk IS NULL OR w.rent_max_dkk >= d.rent)
  AND w.rooms_min <= d.rooms
  AND NOT d.tracks ? w.track
  AND NOT d.stairs ? w.stairs
  AND (d.pets OR NOT w.has_pets)
  AND NOT w.is_offered
WHERE NOT EXISTS (
  SELECT FROM {unfit_areas} u WHERE u.housingreferral_id = w.id AND u.area_id = d.area
)
GROUP BY d.key
"""


def fitting(
    referrals: QuerySet[HousingReferral], dwellings: Mapping[int, DwellingFacts]
) -> dict[int, int]:
    """Of each dwelling, by its key, how many of `referrals` it fits. They came through
    `with_order`; a barred dwelling fits nobody."""
    asked = [_asked(key, dwelling) for key, dwelling in dwellings.items() if not dwelling.is_barred]
    found = dict.fromkeys(dwellings, 0)
    if not asked:
        return found
    try:
        waiting, params = referrals.order_by().values(*COLUMNS).query.sql_with_params()
    except EmptyResultSet:  # the reader sees nobody
        return found
    through = HousingReferral.unfit_areas.through._meta.db_table
    sql = COUNT.format(waiting=waiting, unfit_areas=connection.ops.quote_name(through))
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(asked), *params])
        return found | dict(cursor.fetchall())


def _asked(key: int, dwelling: DwellingFacts) -> dict[str, Any]:
    near_stairs, far_stairs = missed_stairs(dwelling, DEFAULT_REACH)
    return {
        "key": key,
        "area": dwelling.area,
        "rent": str(dwelling.rent_dkk),
        "rooms": dwelling.rooms,
        "pets": dwelling.pets_allowed,
        "tracks": wrong_tracks(dwelling),
        "stairs": sorted(near_stairs | far_stairs),
    }
