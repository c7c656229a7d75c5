"""The way to a home in the invented lives: referral, offer, handoff, tenancy, support."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cases.casework.enums import Situation, Source
from crosssector.demo.names import VISITS, WISHES
from crosssector.demo.rows import at
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from crosssector.models import Handoff
from housing.allocation.enums import (
    Benefit,
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    PaperKind,
    ReferralStatus,
    Stairs,
    Urgency,
)
from housing.models import (
    AreaWish,
    Dwelling,
    HousingReferral,
    Offer,
    ReferralPaper,
    ShelterRate,
    Stay,
    Tenancy,
    Vacancy,
)
from housing.supply.enums import DwellingKind, VacancyEnd
from housing.tenancies.enums import TenancyEnd
from housingfirst.law.days import add_months, add_working_days
from support.enrolments.enums import EndReason, PhaseKind
from support.methods.enums import Method, SupportSection, WishAnswer
from support.models import Enrolment, Phase, SupportDecision, Visit
from support.visits.enums import Channel, Outcome

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person
    from crosssector.demo.town import Town
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
RATES: dict[int, list[ShelterRate]] = {}
MONTHLY_COST = {
    Method.CTI: Decimal("6200"),
    Method.ICM: Decimal("8400"),
    Method.ACT: Decimal("11900"),
}


def rate_on(town: Town, number: int, day: date) -> tuple[Decimal, Decimal]:
    """The shelter's rate and the resident's payment on that day."""
    shelter = town.shelters[number]
    if shelter.pk not in RATES:
        RATES[shelter.pk] = list(shelter.rates.order_by("-valid_from"))
    rate = next((r for r in RATES[shelter.pk] if r.valid_from <= day), RATES[shelter.pk][-1])
    return rate.daily_rate_dkk, rate.resident_payment_dkk


def refer(lives: Lives, person: Person, on: date, sender: User | None) -> HousingReferral:
    """A referral that waits from `on`; the one there is, when there is one."""
    rows, town = lives.rows, lives.town
    if person.referral is not None:
        return person.referral
    on = min(on, rows.today)
    benefit = rows.random.choice(list(INCOMES))
    income = INCOMES[benefit]
    sent = at(on, 13, rows.random.randint(0, 59))
    referral = rows.add(
        HousingReferral(
            case=person.case,
            municipality=person.case.municipality,
            status=ReferralStatus.WAITING,
            sent_at=sent,
            sent_by=sender,
            waits_from=on,
            wish_words=rows.random.choice(WISHES),
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


def withdraw(referral: HousingReferral, on: date) -> None:
    referral.status = ReferralStatus.WITHDRAWN
    referral.ended_on = max(on, referral.waits_from or on)


def vacancy_for(
    lives: Lives, dwelling: Dwelling, reported: date, *, closed: date | None = None
) -> Vacancy:
    rows = lives.rows
    available = reported + rows.days(5, 35)
    return rows.add(
        Vacancy(
            dwelling=dwelling,
            municipality=lives.town.municipality,
            reported_on=reported,
            reported_by=lives.town.people["housing:0"][0],
            available_from=available,
            answer_by=at(add_working_days(reported, 8), 12),
            vacancy_rent_from=available,
            rent_dkk=dwelling.rent_dkk,
            deposit_dkk=dwelling.deposit_dkk,
            closed_on=closed,
            ended=VacancyEnd.LET if closed else "",
        )
    )


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


def find_home(lives: Lives, person: Person, stay: Stay, admitted: date, discharged: date) -> bool:
    """The accepted offer behind a discharge to an own home, and the support that follows.

    False when there is no dwelling left to find.
    """
    rows, town = lives.rows, lives.town
    if not town.free_dwellings:
        return False
    accepted = discharged - rows.days(12, 30)
    offered = accepted - rows.days(1, 3)
    referral = refer(lives, person, admitted + rows.days(2, 20), stay.registered_by)
    assert referral.waits_from is not None
    offered = max(offered, referral.waits_from)
    accepted = max(accepted, offered)
    dwelling = town.free_dwellings.pop()
    vacancy = vacancy_for(lives, dwelling, offered - rows.days(1, 9), closed=accepted)
    others = [
        p
        for p in lives.people[-60:]
        if p.referral is not None
        and p is not person
        and p.referral.waits_from is not None
        and p.referral.waits_from <= vacancy.reported_on
    ]
    if others and rows.chance(0.35):
        lost = OfferStatus.DECLINED if rows.chance(0.7) else OfferStatus.EXPIRED
        first = rows.random.choice(others)
        offer_to(lives, first, vacancy, vacancy.reported_on, lost, vacancy.reported_on + 2 * DAY)
    offer = offer_to(lives, person, vacancy, offered, OfferStatus.ACCEPTED, accepted)
    loan(lives, person, offer, answered=True)
    start = discharged + DAY
    referral.status, referral.ended_on = ReferralStatus.HOUSED, accepted
    person.referral = None
    tenancy = rows.add(
        Tenancy(
            case=person.case,
            dwelling=dwelling,
            offer=offer,
            starts_on=start,
            signed_on=accepted + 3 * DAY,
            keys_on=start if start <= rows.today else None,
            rent_dkk=vacancy.rent_dkk,
            deposit_dkk=vacancy.deposit_dkk,
        )
    )
    person.tenancy = tenancy
    rows.event("tenancy.started", person.case, at(accepted, 14), person.adviser, tenancy.reference)
    lives.sleeps(person, Situation.HOUSED, start, Source.TENANCY)
    end = start + rows.days(60, 330)
    if rows.chance(0.14) and end < rows.today:
        tenancy.ends_on, tenancy.end_reason = end, TenancyEnd.TERMINATED_LANDLORD
        rows.event("tenancy.ended", person.case, at(end, 12), person.adviser, tenancy.reference)
        lives.sleeps(person, Situation.SOFA, end, Source.WORKER)
        person.tenancy, person.free_from = None, end + rows.days(3, 40)
    support(lives, person, discharged, start)
    return True


def support(lives: Lives, person: Person, discharged: date, start: date) -> None:
    """§ 85 a: mostly decided in time, sometimes too late, with phases and visits."""
    rows, town = lives.rows, lives.town
    luck = rows.random.random()
    if luck > 0.93 or person.adviser is None:
        return
    decided = discharged + rows.days(1, 12) if luck > 0.84 else discharged - rows.days(2, 18)
    if decided > rows.today:
        return
    if any(True for e in person_enrolments(lives, person) if e.ended_on is None):
        return
    method = rows.random.choice((Method.CTI, Method.CTI, Method.CTI, Method.ICM, Method.ACT))
    wish = rows.chance(0.4)
    decision = rows.add(
        SupportDecision(
            case=person.case,
            section=SupportSection.S85A,
            method=method,
            decided_on=decided,
            starts_on=max(start, decided),
            monthly_cost_dkk=MONTHLY_COST[method],
            provider_wish="Kontaktpersonen fra boformen" if wish else "",
            wish_answer=WishAnswer.FOLLOWED if wish else WishAnswer.NONE,
            reasons="Har brug for støtte til at etablere sig og holde fast i hjemmet.",
            decided_by=person.adviser,
        )
    )
    rows.event(
        "support.decided", person.case, at(decided, 11), person.adviser, decision.reference,
        method=method.value, section=SupportSection.S85A.value,
    )  # fmt: skip
    begins = max(start, decided)
    if begins > rows.today:
        return
    worker = town.pick(rows, "support_worker")
    enrolment = rows.add(
        Enrolment(
            case=person.case,
            decision=decision,
            method=method,
            worker=worker,
            started_on=decided,
            phase_1_on=begins if method == Method.CTI else None,
        )
    )
    lives.enrolments.setdefault(person.case.reference, []).append(enrolment)
    rows.event(
        "enrolment.started", person.case, at(decided, 12), worker, enrolment.reference,
        method=method.value,
    )  # fmt: skip
    last = rows.today
    if method == Method.CTI:
        if decided < begins:
            rows.add(
                Phase(
                    enrolment=enrolment, kind=PhaseKind.CONTACT, starts_on=decided, ends_on=begins
                )
            )
        kinds = (PhaseKind.TRANSITION, PhaseKind.TRY_OUT, PhaseKind.HAND_OVER)
        for number, kind in enumerate(kinds):
            rows.add(
                Phase(
                    enrolment=enrolment,
                    kind=kind,
                    starts_on=add_months(begins, 3 * number),
                    ends_on=add_months(begins, 3 * number + 3),
                )
            )
        over = add_months(begins, 9)
        if over < rows.today - 10 * DAY:
            enrolment.ended_on, enrolment.end_reason = over, EndReason.COMPLETED
            last = over
            rows.event(
                "enrolment.ended", person.case, at(over, 12), worker, enrolment.reference,
                method=method.value, reason=EndReason.COMPLETED.value,
            )  # fmt: skip
    visits(lives, person, enrolment, begins, last, worker)


def person_enrolments(lives: Lives, person: Person) -> list[Enrolment]:
    return lives.enrolments.get(person.case.reference, [])


def visits(
    lives: Lives, person: Person, enrolment: Enrolment, start: date, end: date, worker: User
) -> None:
    rows = lives.rows
    day, step = start, 4
    visit: Visit | None = None
    while day < end:
        outcome = rows.random.choices(
            list(Outcome), weights=(70, 14, 10, 6)
        )[0]  # fmt: skip
        when = at(day, rows.random.randint(8, 18), rows.random.choice((0, 15, 30, 45)))
        if visit is not None:
            visit.next_on = day
        visit = rows.add(
            Visit(
                case=person.case,
                enrolment=enrolment,
                worker=worker,
                happened_at=when,
                outcome=outcome,
                channel=Channel.PHONE if outcome == Outcome.PHONE else Channel.HOME,
                minutes=rows.random.choice((15, 30, 45, 60, 90)),
                sentence=rows.random.choice(VISITS),
                form_key=rows.uuid(),
            )
        )
        rows.event(
            "visit.logged", person.case, when, worker, visit.reference,
            outcome=outcome.value,
        )  # fmt: skip
        step = min(step + rows.random.choice((0, 0, 1)), 21)
        day += timedelta(days=step + rows.random.randint(0, 5))
    if visit is not None and enrolment.ended_on is None:
        visit.next_on = rows.today + rows.days(-2, 6)


def current_market(lives: Lives) -> None:
    """Vacancies open today: some offered, one past its answer, and one that three people fit."""
    rows, town = lives.rows, lives.town
    waiting = [p for p in lives.people if p.referral is not None and p.tenancy is None]
    rows.random.shuffle(waiting)
    size = max(len(town.free_dwellings) // 60, 5)
    for number in range(min(size, len(town.free_dwellings))):
        dwelling = town.free_dwellings.pop()
        reported = rows.today - rows.days(0, 9)
        vacancy = vacancy_for(lives, dwelling, reported)
        vacancy.available_from = rows.today + rows.days(-6, 20)
        vacancy.vacancy_rent_from = vacancy.available_from
        if number == 0:
            vacancy.answer_by = at(rows.today - DAY, 12)
        elif number == 1:
            vacancy.answer_by = at(rows.today, 15)
        if number in (2, 3, 4) and waiting:
            person = waiting.pop()
            assert person.referral is not None
            assert person.referral.waits_from is not None
            on = max(rows.today - rows.days(0, 2), person.referral.waits_from)
            offer = offer_to(lives, person, vacancy, on, OfferStatus.LIVE, None)
            offer.answer_by = max(offer.answer_by, at(rows.today + rows.days(0, 3), 23, 30))
            loan(lives, person, offer, answered=number == 3)


def one_flat_three_candidates(lives: Lives) -> None:
    """A two-room flat at 4,950 kr. from Fjordbo that three waiting citizens fit."""
    rows, town = lives.rows, lives.town
    dwelling = next(
        (
            d
            for d in town.free_dwellings
            if d.kind == DwellingKind.FAMILY and not d.estate.allocation_barred and d.rooms == 2
        ),
        None,
    )
    if dwelling is None:
        return
    town.free_dwellings.remove(dwelling)
    dwelling.rent_dkk, dwelling.deposit_dkk = Decimal(4950), Decimal(24750)
    dwelling.floor, dwelling.step_free, dwelling.pets_allowed = 0, True, True
    vacancy = vacancy_for(lives, dwelling, rows.today - 2 * DAY)
    vacancy.available_from = vacancy.vacancy_rent_from = rows.today.replace(day=1)
    for _ in range(3):
        since = rows.today - rows.days(40, 160)
        person = lives.new_person(since)
        person.citizen.protection = "no"
        lives.sleeps(person, Situation.SOFA, since, Source.CITIZEN)
        referral = refer(lives, person, since + 3 * DAY, person.adviser)
        referral.rooms_min, referral.children, referral.stairs = 2, 0, Stairs.GROUND
        referral.rent_max_dkk = Decimal(5100)
        referral.benefit, referral.income_dkk = Benefit.SENIOR_PENSION, Decimal(11870)
