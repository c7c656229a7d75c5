"""What was said of help after the stays that ended (*efterforsorg*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crosssector.aftercare.enums import AftercareAnswer
from crosssector.models import AftercarePlan
from housing.models import Stay
from housing.shelters.enums import DischargeTo
from housingfirst.law.days import add_months

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

ASKED: Final = 0.9
OFFERED: Final = 0.85
WANTED: Final = 0.7
MONTHS: Final = (3, 3, 6, 6, 12)


def follow_out(lives: Lives) -> None:
    """Most discharges have an answer; aftercare that has run out is ended, but for a few."""
    rows = lives.rows
    for stay in list(rows.of(Stay)):
        left = stay.discharged_on
        if left is None or stay.discharge_to in (DischargeTo.DEAD, DischargeTo.OTHER_SHELTER):
            continue
        if not rows.chance(ASKED):
            continue
        plan = AftercarePlan(stay=stay, decided_on=left, decided_by=stay.registered_by)
        if not rows.chance(OFFERED):
            plan.answer = AftercareAnswer.NOT_OFFERED
            plan.remark = "Opholdet var kort, og kontakten nåede ikke at komme i gang."
        elif not rows.chance(WANTED):
            plan.answer = AftercareAnswer.DECLINED
        else:
            plan.answer = AftercareAnswer.ACCEPTED
            plan.given_by = stay.registered_by.name if stay.registered_by else stay.shelter.name
            plan.remark = "Besøg hver anden uge og telefonen åben imellem."
            plan.ends_on = add_months(left, rows.random.choice(MONTHS))
            if plan.ends_on <= rows.today and rows.chance(0.95):
                plan.ended_on = plan.ends_on
        rows.add(plan)
