"""Two years of invented lives: stays that fill the beds, homes found and lost, support."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from cases.casework.enums import NoteKind, Situation, Source
from cases.casework.grants import ALLOCATION, FULL, permission_id
from cases.casework.services import RESPONSIBLE
from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from cases.models import Case, CaseCounter, CaseGrant, Citizen, Note, SituationRecord
from crosssector.demo.activities import hear_wishes
from crosssector.demo.aftercare import follow_out
from crosssector.demo.agreements import turns
from crosssector.demo.applications import apply
from crosssector.demo.arrears import fall_into_arrears
from crosssector.demo.complaints import complain
from crosssector.demo.homes import transitional_homes
from crosssector.demo.market import current_market, one_flat_three_candidates
from crosssector.demo.names import FIRST, LANGUAGES, LAST, NOTES
from crosssector.demo.plans import hold_the_reviews, plan_the_stays, sign_up_the_residents
from crosssector.demo.referrals import refer, withdraw
from crosssector.demo.rows import Rows, at
from crosssector.demo.stays import play_stay
from crosssector.demo.town import Town
from housing.allocation.services.referrals import REFERRED
from housing.models import HousingReferral, Stay, Tenancy
from housingfirst.access.enums import Permission
from housingfirst.access.models import Unit, User
from housingfirst.base.crypto import blind_index, encrypt
from support.models import Enrolment

DAY = timedelta(days=1)


NO_DAYS = ("3002", "3102", "3104", "3106", "3109", "3111")
"""Days and months that no year has: 10,000 numbers each."""

DAYS_TODAY = {(0, 2): 79, (0, 5): 86, (1, 3): 83}
"""Shelter and bed of those who are near the limit of 90 days today, whatever else happens."""

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
    wish: str = ""
    """In the citizen's words, once somebody has written it down."""


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
            stays = None
            if (number, index) in DAYS_TODAY:
                stays = self.rows.today - (DAYS_TODAY[number, index] - 1) * DAY
                admitted = stays if admitted >= stays - 6 * DAY else admitted
            stay = play_stay(self, number, index, admitted, last=stays)
            if stay.discharged_on is not None:
                heapq.heappush(beds, (max(stay.discharged_on, admitted + DAY), number, index))
        self.without_shelter()
        one_flat_three_candidates(self)
        transitional_homes(self)
        turns(self)
        self.settle()
        plan_the_stays(self)
        sign_up_the_residents(self)
        follow_out(self)
        hear_wishes(self)
        hold_the_reviews(self)
        fall_into_arrears(self)
        complain(self)
        apply(self)
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
        adviser = None if elsewhere else town.pick_adviser(rows)
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
        rows.event("case.opened", case, at(on, 7 if on < rows.today else 0), adviser)
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
                refer(self, person, min(since + rows.days(2, 30), rows.today), person.adviser)

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
                        withdraw(person.referral, person.case.closed_on)
                        person.referral = None
        current_market(self)
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
