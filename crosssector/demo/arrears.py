"""Two homes in danger: one before the bailiff court, one with a demand that runs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from crosssector.demo.rows import at
from housing.evictions.enums import HeardFrom
from housing.models import RentArrears

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person

DAY: Final = timedelta(days=1)
LIVED: Final = timedelta(days=60)
"""Nobody is in arrears in the first weeks."""


def fall_into_arrears(lives: Lives) -> None:
    """Of those who have lived in their home for a while: the two who moved in first."""
    rows = lives.rows
    homes = [
        person
        for person in lives.people
        if person.tenancy is not None
        and person.adviser is not None
        and person.tenancy.starts_on < rows.today - LIVED
    ]
    homes.sort(key=lambda person: person.tenancy.starts_on if person.tenancy else rows.today)
    for person, tell in zip(homes, (_before_the_court, _demanded), strict=False):
        tell(lives, person)


def _before_the_court(lives: Lives, person: Person) -> None:
    """The court's notice came four days ago: ten days to decide are left."""
    today = lives.rows.today
    arrears = _arrears(lives, person, HeardFrom.CITIZEN, 31, "9850.00")
    arrears.demanded_on = today - 29 * DAY
    arrears.terminated_on = today - 12 * DAY
    arrears.filed_on = arrears.municipality_told_on = today - 6 * DAY
    arrears.court_told_on = arrears.considered_on = today - 4 * DAY
    arrears.court_on = today + 17 * DAY
    arrears.decided_by = person.adviser
    arrears.remark = "Ydelsen blev sat ned i september, og huslejen er ikke betalt siden."
    _write(lives, person, arrears)
    told = {
        name: getattr(arrears, name)
        for name in ("terminated_on", "filed_on", "municipality_told_on", "court_told_on")
    }
    lives.rows.event(
        "arrears.steps", person.case, at(arrears.court_told_on, 10), person.adviser,
        arrears.reference, **told,
    )  # fmt: skip


def _demanded(lives: Lives, person: Person) -> None:
    """The tenant has five days left to pay."""
    arrears = _arrears(lives, person, HeardFrom.LANDLORD, 7, "4600.00")
    arrears.demanded_on = lives.rows.today - 9 * DAY
    arrears.remark = "Boligforeningen ringede. Borgeren åbner ikke sin post."
    _write(lives, person, arrears)


def _arrears(
    lives: Lives, person: Person, heard_from: HeardFrom, days: int, amount: str
) -> RentArrears:
    return RentArrears(
        tenancy=person.tenancy,
        heard_from=heard_from,
        amount_dkk=Decimal(amount),
        written_by=person.adviser,
        heard_on=lives.rows.today - days * DAY,
    )


def _write(lives: Lives, person: Person, arrears: RentArrears) -> None:
    lives.rows.add(arrears)
    lives.rows.event(
        "arrears.heard", person.case, at(arrears.heard_on, 9), person.adviser, arrears.reference,
        heard_from=HeardFrom(arrears.heard_from).value, heard_on=arrears.heard_on,
    )  # fmt: skip
