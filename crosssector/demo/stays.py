"""A stay at a shelter with what follows it: notices, absences, notes, and where it led."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cases.casework.enums import Situation, Source
from cases.casework.grants import RESIDENCE
from crosssector.demo.homes import find_home
from crosssector.demo.names import REASONS, WISHES
from crosssector.demo.referrals import refer, wish
from crosssector.demo.rows import at
from crosssector.demo.town import Town
from housing.models import (
    Absence,
    DaysElsewhere,
    Notice,
    ShelterRate,
    Stay,
)
from housing.shelters.enums import (
    ActingAnswer,
    AcuteNeed,
    AdmissionRoute,
    DischargeTo,
    NoticeKind,
)
from housing.shelters.services.admission import STAY_GRANT
from housingfirst.access.models import User
from housingfirst.law.days import add_working_days

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives, Person


DAY = timedelta(days=1)
ROUTES = (
    [AdmissionRoute.SELF] * 7
    + [AdmissionRoute.MUNICIPALITY] * 2
    + [AdmissionRoute.PSYCHIATRY, AdmissionRoute.PRISON]
)
ELSEWHERE = (DischargeTo.FAMILY, DischargeTo.STREET, DischargeTo.UNKNOWN, DischargeTo.TREATMENT)
RATES: dict[int, list[ShelterRate]] = {}


def rate_on(town: Town, number: int, day: date) -> tuple[Decimal, Decimal]:
    """The shelter's rate and the resident's payment on that day."""
    shelter = town.shelters[number]
    if shelter.pk not in RATES:
        RATES[shelter.pk] = list(shelter.rates.order_by("-valid_from"))
    rate = next((r for r in RATES[shelter.pk] if r.valid_from <= day), RATES[shelter.pk][-1])
    return rate.daily_rate_dkk, rate.resident_payment_dkk


def play_stay(
    lives: Lives, number: int, index: int, admitted: date, *, last: date | None = None
) -> Stay:
    """A stay that begins on `admitted` in that bed, with the person who comes and what follows.

    Who comes on the day `last` is new, and still there today; whoever came before has left by then.
    """
    rows, town = lives.rows, lives.town
    shelter = town.shelters[number]
    staff = town.pick(rows, f"shelter:{number}")
    elsewhere = rows.chance(0.08)
    if admitted == last:
        person = lives.new_person(admitted)
    else:
        person = lives.person(admitted, elsewhere=elsewhere)
    length = rows.random.choice(
        (rows.random.randint(3, 40), rows.random.randint(30, 110), rows.random.randint(70, 260))
    )
    discharged: date | None = admitted + timedelta(days=length)
    if last is not None and admitted < last:
        discharged = min(admitted + timedelta(days=length), last - DAY)
        length = (discharged - admitted).days
    if admitted == last or (discharged is not None and discharged >= rows.today):
        discharged = None
    to = ""
    if discharged is not None:
        own = length > 45 and person.adviser is not None and rows.chance(0.55)
        to = DischargeTo.OWN_HOME if own else rows.random.choice(ELSEWHERE)
    rate, payment = rate_on(town, number, admitted)
    keeps_home = rows.chance(0.05)
    arrived = at(admitted, rows.random.randint(7, 23), rows.random.randint(0, 59))
    if admitted == rows.today:
        arrived = at(admitted, 0, arrived.minute)  # in the night: nothing has happened yet today
    stay = rows.add(
        Stay(
            citizen=person.citizen,
            case=person.case,
            shelter=shelter,
            bed=town.beds[number][index],
            admitted_on=admitted,
            admitted_at=arrived,
            discharged_on=discharged,
            route=rows.random.choice(ROUTES),
            need=AcuteNeed.HOME_UNUSABLE if keeps_home else AcuteNeed.NO_HOME,
            reason=rows.random.choice(REASONS),
            daily_rate_dkk=rate,
            resident_payment_dkk=Decimal(0) if keeps_home else payment,
            keeps_own_home=keeps_home,
            discharge_to=to,
            discharge_reason="Aftalt med borgeren." if discharged else "",
            registered_by=staff,
        )
    )
    person.stays += 1
    person.last_stay = stay
    person.free_from = discharged + rows.days(5, 60) if discharged else date.max
    until = discharged
    lives.grant(person.case, town.units[f"shelter:{number}"], RESIDENCE, STAY_GRANT, until)
    lives.sleeps(person, Situation.SHELTER, admitted, Source.STAY)
    rows.event(
        "stay.admitted", person.case, arrived, staff, stay.reference,
        place=shelter.name,
    )  # fmt: skip
    notice(lives, person, stay, NoticeKind.ADMISSION, arrived, staff)
    around(lives, person, stay, admitted, discharged)
    housed = False
    if to == DischargeTo.OWN_HOME and discharged is not None:
        housed = find_home(lives, person, stay, admitted, discharged)
    elif person.adviser is not None and length > 15 and rows.chance(0.65):
        referred = admitted + rows.days(3, 14)
        if referred < rows.today:
            refer(lives, person, referred, staff)
    if discharged is not None:
        rows.event(
            "stay.discharged", person.case, at(discharged, 11), staff, stay.reference,
            place=shelter.name,
        )  # fmt: skip
        notice(lives, person, stay, NoticeKind.DISCHARGE, at(discharged, 11), staff)
        if not housed:
            where = rows.random.choice((Situation.SOFA, Situation.STREET, Situation.OTHER))
            lives.sleeps(person, where, discharged, Source.WORKER)
    return stay


def notice(
    lives: Lives, person: Person, stay: Stay, kind: NoticeKind, happened: datetime, staff: User
) -> None:
    rows, decided = lives.rows, happened.date()
    due = add_working_days(decided, 3)
    late = rows.chance(0.08)
    sent_on = due + rows.days(1, 5) if late else decided + rows.days(0, 2)
    sent = at(sent_on, 10, rows.random.randint(0, 59)) if sent_on < rows.today else None
    if sent is not None and sent < happened:
        sent = happened + timedelta(minutes=15)
    if sent is not None and not late and (rows.today - decided).days < 3 and rows.chance(0.4):
        sent = None
    answer_on = add_working_days(sent_on, rows.random.randint(1, 3))
    answered = sent is not None and answer_on < rows.today
    if answered and (rows.today - decided).days < 15 and rows.chance(0.15):
        answered = False
    acts = person.case.municipality == lives.town.municipality
    rows.add(
        Notice(
            stay=stay,
            kind=kind,
            municipality=person.case.municipality,
            decided_on=decided,
            due_on=due,
            sent_at=sent,
            sent_by=staff if sent else None,
            answer_due_on=add_working_days(sent_on, 3) if sent else None,
            acknowledged_at=at(answer_on, 13) if answered else None,
            acknowledged_by=person.adviser if answered and acts else None,
            answer=ActingAnswer.YES if answered and kind == NoticeKind.ADMISSION else "",
        )
    )
    name = person.case.municipality.name
    if sent is not None:
        rows.event("notice.sent", person.case, sent, staff, municipality=name)
    if answered:
        rows.event(
            "notice.acknowledged", person.case, at(answer_on, 13), person.adviser,
            municipality=name,
        )  # fmt: skip


def around(
    lives: Lives, person: Person, stay: Stay, admitted: date, discharged: date | None
) -> None:
    """What happens beside: an absence, days elsewhere before, notes, a wish."""
    rows = lives.rows
    last = discharged or rows.today
    if rows.chance(0.12) and (last - admitted).days > 20:
        away = admitted + rows.days(5, 15)
        rows.add(Absence(stay=stay, starts_on=away, ends_on=away + rows.days(1, 3)))
    elif discharged is None and rows.chance(0.04) and admitted < rows.today - DAY:
        rows.add(Absence(stay=stay, starts_on=rows.today - DAY, reason="Hos familie"))
    if person.stays == 1 and rows.chance(0.1):
        before = admitted - rows.days(20, 60)
        rows.add(
            DaysElsewhere(
                citizen=person.citizen,
                starts_on=before,
                ends_on=before + rows.days(4, 15),
                place="Boform i Havneborg",
                source="Oplyst af borgeren, bekræftet af Havneborg",
            )
        )
    lives.notes(person, admitted, last, rows.random.randint(1, 4))
    if person.stays == 1 and person.adviser is not None and rows.chance(0.8):
        said = min(admitted + rows.days(1, 9), rows.today)
        words = rows.random.choice(WISHES)
        if said < rows.today:
            wish(lives, person, words, said, person.adviser)
