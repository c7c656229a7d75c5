"""Vacancies, offers and the loans asked for with them, then and today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cases.casework.enums import Situation, Source
from crosssector.demo.referrals import refer
from crosssector.demo.rows import at
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.models import Handoff
from housing.allocation.enums import (
    Benefit,
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    Stairs,
)
from housing.models import (
    Dwelling,
    Offer,
    Vacancy,
)
from housing.supply.enums import DwellingKind, VacancyEnd
from housing.supply.rent import settle
from housingfirst.law.choices import DEFAULT_CHOICES
from housingfirst.law.days import add_working_days

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person


DAY = timedelta(days=1)


def vacancy_for(
    lives: Lives, dwelling: Dwelling, reported: date, *, closed: date | None = None
) -> Vacancy:
    rows = lives.rows
    vacancy = rows.add(
        Vacancy(
            dwelling=dwelling,
            municipality=lives.town.municipality,
            reported_on=reported,
            reported_by=lives.town.people["housing:0"][0],
            available_from=reported + rows.days(5, 35),
            rent_dkk=dwelling.rent_dkk,
            deposit_dkk=dwelling.deposit_dkk,
            closed_on=closed,
            ended=VacancyEnd.LET if closed else "",
        )
    )
    settle(vacancy, DEFAULT_CHOICES)
    return vacancy


def offer_to(
    lives: Lives,
    person: Person,
    vacancy: Vacancy,
    on: date,
    status: OfferStatus,
    ended: date | None,
) -> Offer:
    rows = lives.rows
    allocator = lives.town.pick(rows, "allocator")
    referral = person.referral
    assert referral is not None  # whoever is offered a home has been referred
    offer = rows.add(
        Offer(
            referral=referral,
            case=person.case,
            vacancy=vacancy,
            dwelling=vacancy.dwelling,
            status=status,
            offered_at=at(on, 10, rows.random.randint(0, 59)),
            offered_by=allocator,
            answer_by=at(add_working_days(on, 3), 12),
            viewing_at=at(add_working_days(on, 1), 10),
            ended_at=at(ended, 14, rows.random.randint(0, 59)) if ended else None,
            ended_by=person.adviser if ended and status != OfferStatus.EXPIRED else None,
        )
    )
    if status == OfferStatus.DECLINED:
        offer.declined_by = DeclinedBy.CITIZEN
        offer.decline_reason = rows.random.choice(
            (DeclineReason.AREA, DeclineReason.RENT, DeclineReason.ACCESS, DeclineReason.SAFETY)
        )
    rows.event("offer.made", person.case, offer.offered_at, allocator, offer.reference)
    if ended is not None and offer.ended_at is not None:
        rows.event(
            f"offer.{status.value}", person.case, offer.ended_at, person.adviser, offer.reference
        )
    return offer


def loan(lives: Lives, person: Person, offer: Offer, *, answered: bool) -> None:
    rows, town = lives.rows, lives.town
    asked = offer.offered_at
    due = min(asked + timedelta(hours=24), offer.answer_by)
    done = asked + timedelta(hours=rows.random.randint(3, 22))
    if rows.chance(0.12):
        done = due + timedelta(hours=rows.random.randint(2, 50))
    done = max(min(_in_hours(done), at(rows.today - DAY, 15, 40)), asked + timedelta(hours=2))
    handoff = rows.add(
        Handoff(
            case=person.case,
            kind=HandoffKind.DEPOSIT_LOAN,
            to_unit=town.units["benefits"],
            from_unit=town.units["allocation"],
            offer=offer,
            amount_dkk=offer.vacancy.deposit_dkk,
            rent_dkk=offer.vacancy.rent_dkk,
            income_dkk=person.referral.income_dkk if person.referral else None,
            text="Indskudslån til anvist bolig.",
            legal_basis="Samtykke til boliganvisning",
            status=HandoffStatus.GRANTED if answered else HandoffStatus.ASKED,
            asked_at=asked,
            asked_by=offer.offered_by,
            due_at=due,
            working_days_only=False,
            opened_at=asked + timedelta(hours=1) if answered else None,
            granted_dkk=offer.vacancy.deposit_dkk if answered else None,
            answered_at=done if answered else None,
            answered_by=town.people["benefits"][0] if answered else None,
        )
    )
    kind = HandoffKind.DEPOSIT_LOAN.value
    unit = town.units["benefits"].name
    rows.event(
        "handoff.asked", person.case, asked, offer.offered_by, handoff.reference,
        kind_of=kind, unit=unit, amount_dkk=str(handoff.amount_dkk),
    )  # fmt: skip
    if answered:
        rows.event(
            "handoff.granted", person.case, done, handoff.answered_by, handoff.reference,
            kind_of=kind, unit=unit, amount_dkk=str(handoff.amount_dkk),
        )  # fmt: skip


def _in_hours(moment: datetime) -> datetime:
    """The moment itself, or the next time the office is open."""
    if 8 <= moment.hour < 16:
        return moment
    day = moment.date() + (DAY if moment.hour >= 16 else timedelta())
    return at(day, 8, moment.minute)


def current_market(lives: Lives) -> None:
    """Vacancies open today: some offered, one past its answer, and one that three people fit."""
    rows, town = lives.rows, lives.town
    waiting = [
        p
        for p in lives.people
        if p.tenancy is None
        and p.referral is not None
        and p.referral.waits_from is not None
        and p.referral.waits_from < rows.today
    ]
    rows.random.shuffle(waiting)
    size = max(len(town.free_dwellings) // 60, 5)
    for number in range(min(size, len(town.free_dwellings))):
        dwelling = town.free_dwellings.pop()
        reported = rows.today - rows.days(0, 9)
        vacancy = vacancy_for(lives, dwelling, reported)
        vacancy.available_from = rows.today + rows.days(-6, 20)
        if number == 0:
            vacancy.answer_agreed_by = at(rows.today - DAY, 12)
        elif number == 1:
            vacancy.answer_agreed_by = at(rows.today, 15)
        settle(vacancy, DEFAULT_CHOICES)
        if number in (2, 3, 4) and waiting:
            person = waiting.pop()
            assert person.referral is not None
            assert person.referral.waits_from is not None
            on = max(rows.today - (2 if number == 2 else 1) * DAY, person.referral.waits_from)
            offer = offer_to(lives, person, vacancy, on, OfferStatus.LIVE, None)
            offer.answer_by = max(offer.answer_by, at(rows.today + rows.days(0, 3), 23, 30))
            loan(lives, person, offer, answered=number == 3)


def one_flat_three_candidates(lives: Lives) -> None:
    """A two-room flat at 4,950 kr. from Fjordbo that three fit; one lacks 212 kr. for its rent."""
    rows, town = lives.rows, lives.town
    dwelling = next(
        (
            d
            for d in town.free_dwellings
            if d.estate.unit.name == "Fjordbo"
            and d.kind == DwellingKind.FAMILY
            and not d.estate.allocation_barred
            and d.rooms == 2
        ),
        None,
    )
    if dwelling is None:
        return
    town.free_dwellings.remove(dwelling)
    dwelling.rent_dkk, dwelling.deposit_dkk = Decimal(4950), Decimal(24750)
    dwelling.floor, dwelling.step_free, dwelling.pets_allowed = 0, True, True
    vacancy = vacancy_for(lives, dwelling, rows.today - 2 * DAY)
    vacancy.available_from = rows.today.replace(day=1)
    settle(vacancy, DEFAULT_CHOICES)
    for rent_max in (5_100, 5_100, 4_738):
        since = rows.today - rows.days(40, 160)
        person = lives.new_person(since)
        person.citizen.protection = "no"
        lives.sleeps(person, Situation.SOFA, since, Source.CITIZEN)
        referral = refer(lives, person, since + 3 * DAY, person.adviser)
        referral.rooms_min, referral.children, referral.stairs = 2, 0, Stairs.GROUND
        referral.rent_max_dkk = Decimal(rent_max)
        referral.benefit, referral.income_dkk = Benefit.SENIOR_PENSION, Decimal(11870)
