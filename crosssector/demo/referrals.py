"""Referrals to housing in the invented lives."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cases.models import Wish
from crosssector.demo.names import WISHES
from crosssector.demo.rows import at
from housing.allocation.enums import (
    Benefit,
    PaperKind,
    ReferralStatus,
    Stairs,
    Urgency,
)
from housing.models import (
    AreaWish,
    HousingReferral,
    ReferralPaper,
)
from housingfirst.law.days import add_working_days

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person
    from housingfirst.access.models import User


DAY = timedelta(days=1)
INCOMES = {
    Benefit.CASH: Decimal("9734"),
    Benefit.EDUCATION: Decimal("5870"),
    Benefit.EARLY_PENSION: Decimal("13480"),
    Benefit.SENIOR_PENSION: Decimal("11870"),
    Benefit.OLD_AGE_PENSION: Decimal("12650"),
    Benefit.WAGE: Decimal("14200"),
}


def refer(lives: Lives, person: Person, on: date, sender: User | None) -> HousingReferral:
    """A referral that waits from `on`; the one there is, when there is one."""
    rows, town = lives.rows, lives.town
    if person.referral is not None:
        return person.referral
    on = min(on, rows.today - DAY)
    benefit = rows.random.choice(list(INCOMES))
    income = INCOMES[benefit]
    sent = at(on, 13, rows.random.randint(0, 59))
    words = rows.random.choice(WISHES)
    if person.wish:
        words = person.wish
    elif person.adviser is not None:
        wish(lives, person, words, on, sender or person.adviser)
    referral = rows.add(
        HousingReferral(
            case=person.case,
            municipality=person.case.municipality,
            status=ReferralStatus.WAITING,
            sent_at=sent,
            sent_by=sender,
            waits_from=on,
            wish_words=words,
            adults=1,
            children=rows.random.choice((0, 0, 0, 0, 1)),
            visiting_children=rows.chance(0.15),
            rooms_min=rows.random.choice((1, 1, 2)),
            stairs=rows.random.choice(
                (Stairs.ANY, Stairs.ANY, Stairs.ANY, Stairs.SECOND, Stairs.FIRST, Stairs.GROUND)
            ),
            has_pets=rows.chance(0.2),
            wants_outdoor_space=rows.chance(0.3),
            benefit=benefit,
            income_dkk=income,
            rent_max_dkk=(income * Decimal("0.45") / 50).quantize(Decimal(1)) * 50,
            urgency=Urgency.URGENT if rows.chance(0.06) else Urgency.ORDINARY,
        )
    )
    if referral.urgency == Urgency.URGENT:
        referral.urgency_reason = "Gravid, termin inden for tre måneder"
    for rank, area in enumerate(rows.random.sample(town.areas, rows.random.randint(1, 3)), 1):
        rows.add(AreaWish(referral=referral, area=area, rank=rank))
    due = add_working_days(on, 5)
    for kind in (PaperKind.CONSENT, PaperKind.INCOME, PaperKind.IDENTITY):
        missing = rows.chance(0.25) and (rows.today - on).days < 40
        rows.add(
            ReferralPaper(
                referral=referral,
                kind=kind,
                received_on=None if missing else min(on + rows.days(0, 9), rows.today),
                due_on=due,
                responsible=sender,
            )
        )
    person.referral = referral
    lives.refer_grant(person)
    rows.event("referral.sent", person.case, sent, sender, referral.reference)
    return referral


def wish(lives: Lives, person: Person, words: str, said: date, writer: User) -> None:
    """What the citizen wants, as written down on the day `said`."""
    person.wish = words
    lives.rows.add(Wish(case=person.case, words=words, said_on=said, written_by=writer))
    lives.rows.event("wish.said", person.case, at(said, 12), writer)


def withdraw(referral: HousingReferral, on: date) -> None:
    referral.status = ReferralStatus.WITHDRAWN
    referral.ended_on = max(on, referral.waits_from or on)
