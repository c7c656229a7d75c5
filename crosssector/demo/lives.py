"""Two years of invented lives: stays that fill the beds, homes found and lost, support."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from cases.casework.enums import NoteKind, Situation, Source
from cases.casework.grants import ALLOCATION, FULL, RESIDENCE, permission_id
from cases.casework.services import RESPONSIBLE
from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from cases.models import Case, CaseCounter, CaseGrant, Citizen, Note, SituationRecord, Wish
from crosssector.demo import homes
from crosssector.demo.names import FIRST, LANGUAGES, LAST, NOTES, REASONS, WISHES
from crosssector.demo.rows import Rows, at
from crosssector.demo.town import Town
from housing.allocation.services.referrals import REFERRED
from housing.models import Absence, DaysElsewhere, HousingReferral, Notice, Stay, Tenancy
from housing.shelters.enums import (
    ActingAnswer,
    AcuteNeed,
    AdmissionRoute,
    DischargeTo,
    NoticeKind,
)
from housing.shelters.services.admission import STAY_GRANT
from housingfirst.access.enums import Permission
from housingfirst.access.models import Unit, User
from housingfirst.base.crypto import blind_index, encrypt
from housingfirst.law.days import add_working_days
from support.models import Enrolment

DAY = timedelta(days=1)
ROUTES = (
    [AdmissionRoute.SELF] * 7
    + [AdmissionRoute.MUNICIPALITY] * 2
    + [AdmissionRoute.PSYCHIATRY, AdmissionRoute.PRISON]
)
ELSEWHERE = (DischargeTo.FAMILY, DischargeTo.STREET, DischargeTo.UNKNOWN, DischargeTo.TREATMENT)


NO_DAYS = ("3002", "3102", "3104", "3106", "3109", "3111")
"""Days and months that no year has: 10,000 numbers each."""

Grant = tuple[Case, Unit, tuple[Permission, ...], str, date | None]


@dataclass(slots=True)
class Person:
    """A citizen with a case, and what they wait for or have."""

    citizen: Citizen
    case: Case
    free_from: date
    adviser: User | None = None
    situation: SituationRecord | None = None
    referral: HousingReferral | None = None
    tenancy: Tenancy | None = None
    last_stay: Stay | None = None
    stays: int = 0


@dataclass(slots=True)
class Lives:
    """Plays the lives of one municipality into `rows`."""

    rows: Rows
    town: Town
    days: int
    people: list[Person] = field(default_factory=list)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    grants: dict[tuple[UUID, int], tuple[Case, Unit, tuple[Permission, ...], str, date | None]] = (
        field(default_factory=dict)
    )
    enrolments: dict[UUID, list[Enrolment]] = field(default_factory=dict)
    cpr_serial: int = 0

    def play(self) -> None:
        """From `days` ago until today."""
        start = self.rows.today - timedelta(days=self.days)
        beds = [
            (start + self.rows.days(0, 40), number, index)
            for number, list_of in self.town.beds.items()
            for index in range(len(list_of))
        ]
        heapq.heapify(beds)
        while beds:
            free_on, number, index = heapq.heappop(beds)
            admitted = free_on + self.rows.days(0, 6)
            if admitted > self.rows.today:
                continue
            stay = self.stay(number, index, admitted)
            if stay.discharged_on is not None:
                heapq.heappush(beds, (max(stay.discharged_on, admitted + DAY), number, index))
        self.without_shelter()
        homes.one_flat_three_candidates(self)
        self.settle()
        self.write_grants()

    # --- people ---

    def person(self, on: date, *, elsewhere: bool = False) -> Person:
        """A citizen who was there before and is free, or a new one."""
        known = [p for p in self.people[-120:] if p.free_from <= on and p.tenancy is None]
        if known and self.rows.chance(0.3):
            return self.rows.random.choice(known)
        return self.new_person(on, elsewhere=elsewhere)

    def new_person(self, on: date, *, elsewhere: bool = False) -> Person:
        rows, town = self.rows, self.town
        born = rows.today.replace(year=rows.today.year - rows.random.randint(19, 68), day=1)
        born += rows.days(0, 360)
        language, interpreter = rows.random.choice(LANGUAGES)
        protected = rows.chance(0.06)
        citizen = rows.add(
            Citizen(
                name=f"{rows.random.choice(FIRST)} {rows.random.choice(LAST)}",
                birth_date=born,
                protection=Protection.YES if protected else Protection.NO,
                protected_until=rows.today + rows.days(20, 300) if protected else None,
                language=language,
                needs_interpreter=interpreter,
                phone=f"99 {rows.random.randint(10, 99)} {rows.random.randint(10, 99)} "
                f"{rows.random.randint(10, 99)}",
                is_demo=True,
            )
        )
        if rows.chance(0.95):
            self.seal(citizen, born)
        acting = rows.random.choice(town.neighbours) if elsewhere else town.municipality
        adviser = None if elsewhere else town.pick(rows, "adviser")
        case = rows.add(
            Case(
                citizen=citizen,
                municipality=acting,
                number=self.case_number(acting.pk, on.year),
                unit=None if elsewhere else town.units["team"],
                adviser=adviser,
                opened_on=on,
            )
        )
        rows.event("case.opened", case, at(on, 9), adviser)
        if not elsewhere:
            self.grant(case, town.units["team"], FULL, RESPONSIBLE)
        person = Person(citizen=citizen, case=case, free_from=on, adviser=adviser)
        self.people.append(person)
        return person

    def seal(self, citizen: Citizen, born: date) -> None:
        """A number of a day that no calendar has, so that it is nobody's."""
        self.cpr_serial += 1
        block, serial = divmod(self.cpr_serial, 10_000)
        cpr = parse_cpr(f"{NO_DAYS[block]}{born.year % 100:02d}{serial:04d}")
        citizen.cpr_sealed = encrypt(cpr.digits, row=citizen.reference.bytes)
        citizen.cpr_index = blind_index(cpr.digits)

    def case_number(self, municipality_id: int, year: int) -> str:
        key = (municipality_id, year)
        if key not in self.numbers:
            counter = CaseCounter.objects.filter(municipality_id=municipality_id, year=year).first()
            self.numbers[key] = counter.last if counter else 0
        self.numbers[key] += 1
        return f"{year}-{self.numbers[key]:04d}"

    # --- stays ---

    def stay(self, number: int, index: int, admitted: date) -> Stay:
        rows, town = self.rows, self.town
        shelter = town.shelters[number]
        staff = town.pick(rows, f"shelter:{number}")
        person = self.person(admitted, elsewhere=rows.chance(0.08))
        length = rows.random.choice(
            (rows.random.randint(3, 40), rows.random.randint(30, 110), rows.random.randint(70, 260))
        )
        discharged: date | None = admitted + timedelta(days=length)
        if discharged is not None and discharged > rows.today:
            discharged = None
        to = ""
        if discharged is not None:
            own = length > 45 and person.adviser is not None and rows.chance(0.55)
            to = DischargeTo.OWN_HOME if own else rows.random.choice(ELSEWHERE)
        rate, payment = homes.rate_on(town, number, admitted)
        keeps_home = rows.chance(0.05)
        arrived = at(admitted, rows.random.randint(7, 23), rows.random.randint(0, 59))
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
        self.grant(person.case, town.units[f"shelter:{number}"], RESIDENCE, STAY_GRANT, until)
        self.sleeps(person, Situation.SHELTER, admitted, Source.STAY)
        rows.event(
            "stay.admitted", person.case, arrived, staff, stay.reference,
            place=shelter.name,
        )  # fmt: skip
        self.notice(person, stay, NoticeKind.ADMISSION, admitted, staff)
        self.around(person, stay, admitted, discharged)
        housed = False
        if to == DischargeTo.OWN_HOME and discharged is not None:
            housed = homes.find_home(self, person, stay, admitted, discharged)
        elif person.adviser is not None and length > 15 and rows.chance(0.65):
            homes.refer(self, person, admitted + rows.days(3, 14), staff)
        if discharged is not None:
            rows.event(
                "stay.discharged", person.case, at(discharged, 11), staff, stay.reference,
                place=shelter.name,
            )  # fmt: skip
            self.notice(person, stay, NoticeKind.DISCHARGE, discharged, staff)
            if not housed:
                where = rows.random.choice((Situation.SOFA, Situation.STREET, Situation.OTHER))
                self.sleeps(person, where, discharged, Source.WORKER)
        return stay

    def notice(
        self, person: Person, stay: Stay, kind: NoticeKind, decided: date, staff: User
    ) -> None:
        rows = self.rows
        due = add_working_days(decided, 3)
        late = rows.chance(0.08)
        sent_on = due + rows.days(1, 5) if late else decided + rows.days(0, 2)
        sent = at(sent_on, 10, rows.random.randint(0, 59)) if sent_on < rows.today else None
        if sent is not None and not late and (rows.today - decided).days < 3 and rows.chance(0.4):
            sent = None
        answer_on = add_working_days(sent_on, rows.random.randint(1, 3))
        answered = sent is not None and answer_on < rows.today
        if answered and (rows.today - decided).days < 15 and rows.chance(0.15):
            answered = False
        acts = person.case.municipality == self.town.municipality
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

    def around(self, person: Person, stay: Stay, admitted: date, discharged: date | None) -> None:
        """What happens beside: an absence, days elsewhere before, notes, a wish."""
        rows = self.rows
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
        self.notes(person, admitted, last, rows.random.randint(1, 4))
        if person.stays == 1 and person.adviser is not None and rows.chance(0.8):
            said = min(admitted + rows.days(1, 9), rows.today)
            rows.add(
                Wish(
                    case=person.case,
                    words=rows.random.choice(WISHES),
                    said_on=said,
                    written_by=person.adviser,
                )
            )
            rows.event("wish.said", person.case, at(said, 14), person.adviser)

    def notes(self, person: Person, start: date, end: date, count: int) -> None:
        rows = self.rows
        if person.adviser is None:
            return
        for _ in range(count):
            day = start + timedelta(days=rows.random.randint(0, max((end - start).days, 0)))
            if day >= rows.today:
                continue
            when = at(day, rows.random.randint(8, 16), rows.random.randint(0, 59))
            note = rows.add(
                Note(
                    case=person.case,
                    kind=rows.random.choice((NoteKind.NOTE, NoteKind.PHONE, NoteKind.MEETING)),
                    happened_at=when,
                    text=rows.random.choice(NOTES),
                    is_important=rows.chance(0.15),
                    author=person.adviser,
                    unit=self.town.units["team"],
                    form_key=rows.uuid(),
                )
            )
            rows.event("note.written", person.case, when, person.adviser, note.reference)

    def sleeps(self, person: Person, where: Situation, since: date, source: Source) -> None:
        """Close the situation there was and open the next."""
        before = person.situation
        if before is not None:
            if before.starts_on == since:
                before.situation, before.source = where, source
                return
            before.ends_on = max(since, before.starts_on)
        person.situation = self.rows.add(
            SituationRecord(case=person.case, situation=where, starts_on=since, source=source)
        )

    # --- those who are at no shelter, and the end of the play ---

    def without_shelter(self) -> None:
        """Citizens on the street and on sofas who never came to a shelter."""
        rows = self.rows
        for _ in range(sum(len(beds) for beds in self.town.beds.values()) // 3):
            since = rows.today - rows.days(5, min(320, self.days))
            person = self.new_person(since)
            where = rows.random.choice(
                (Situation.STREET, Situation.SOFA, Situation.SOFA, Situation.OTHER, Situation.HOTEL)
            )
            self.sleeps(person, where, since, Source.CITIZEN)
            self.notes(person, since, rows.today, 3)
            if rows.chance(0.6):
                homes.refer(self, person, min(since + rows.days(2, 30), rows.today), person.adviser)

    def settle(self) -> None:
        """Close most cases of citizens who left long ago, and let homes and offers be lived."""
        rows = self.rows
        for person in self.people:
            stay = person.last_stay
            gone = stay is not None and stay.discharged_on is not None and person.tenancy is None
            if gone and stay is not None and stay.discharged_on is not None:
                left = stay.discharged_on
                if (rows.today - left).days > 60 and rows.chance(0.9):
                    person.case.closed_on = left + rows.days(20, 55)
                    if person.situation is not None:
                        person.situation.ends_on = max(
                            person.case.closed_on, person.situation.starts_on
                        )
                    if person.referral is not None:
                        homes.withdraw(person.referral, person.case.closed_on)
                        person.referral = None
        homes.current_market(self)
        for (municipality_id, year), last in self.numbers.items():
            CaseCounter.objects.update_or_create(
                municipality_id=municipality_id, year=year, defaults={"last": last}
            )

    def grant(
        self,
        case: Case,
        unit: Unit,
        permissions: tuple[Permission, ...],
        reason: str,
        until: date | None = None,
    ) -> None:
        self.grants[case.reference, unit.pk] = (case, unit, permissions, reason, until)

    def write_grants(self) -> None:
        for case, unit, permissions, reason, until in self.grants.values():
            for permission in permissions:
                self.rows.add(
                    CaseGrant(
                        content_object=case,
                        group_id=unit.group_id,
                        permission_id=permission_id(permission),
                        valid_until_on=until,
                        reason=reason,
                    )
                )

    def refer_grant(self, person: Person) -> None:
        self.grant(person.case, self.town.units["allocation"], ALLOCATION, REFERRED)
