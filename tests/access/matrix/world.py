"""Two municipalities with one of everything, and a user of each kind, logged in.

What the other municipality holds (`elsewhere`) nobody of the first may reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import uuid4

from django.utils import timezone

from cases.casework import journal
from cases.casework.enums import Audience, NoteKind, Situation, Source
from cases.citizens.models import Citizen
from crosssector.applications.enums import ApplicationKind
from crosssector.applications.services import application_register
from crosssector.complaints.enums import Complainant
from crosssector.complaints.services import complaint_register
from crosssector.complaints.sources import appealable_in
from crosssector.exports.enums import ExportReason
from crosssector.exports.models import ExportRequest
from crosssector.handoffs.enums import HandoffKind
from crosssector.handoffs.models import ServiceLevel
from crosssector.handoffs.services import handoff_ask
from crosssector.reimbursement.models import Invoice, InvoiceLine
from crosssector.reimbursement.rules import quarter_of
from crosssector.reimbursement.services import claim_draft
from housing.evictions.enums import HeardFrom
from housing.evictions.services import arrears_register
from housing.rents.services import reduction_register
from housing.shelters import services as shelters
from housing.shelters.models import Shelter
from housing.waitlists.services import list_join
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import AccessBlock, Membership, Municipality, Unit, User
from housingfirst.deadlines.models import Deadline
from housingfirst.imports import services as imports
from housingfirst.imports.importers import importer_of
from support.activities.services import wish_hear
from tests.access.factories import make_municipality, make_unit, make_user
from tests.cases.factories import make_case, make_citizen, make_plan
from tests.housing.factories import make_bed, make_shelter, make_stay
from tests.housing.homes import (
    let_see,
    make_area,
    make_dwelling,
    make_estate,
    make_offer,
    make_organisation,
    make_referral,
    make_tenancy,
    make_vacancy,
)
from tests.support.factories import make_decision, make_enrolment, make_visit

NAME: Final = "Kanariafugl"
"""In the name of every citizen of the first municipality and of nobody else."""
NOTE: Final = "Sejlgarnsnotat"
"""In the note that everyone with access to the case may read."""
CPR: Final = "3002810007"
"""30 February: a number that nobody can have."""

STAYS_FILE: Final = "Løbenummer;CPR;Navn;Fødselsdato;Indskrevet;Udskrevet\n"


@dataclass(frozen=True, slots=True)
class Things:
    """What stands in an address for each noun, and whom it is about."""

    citizen_ids: frozenset[int]
    by_noun: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class World:
    users: Mapping[str, User]
    here: Things
    elsewhere: Things


def build_world() -> World:
    here, there = make_municipality(name="Fjordby"), make_municipality(name="Skovby")
    shelter, first_shelter = make_shelter(municipality=here), make_shelter(municipality=here)
    team = make_unit(municipality=here, takes_intake=True)
    benefits = make_unit(kind=UnitKind.BENEFITS_OFFICE, municipality=here)
    homes = make_organisation(municipality=here)
    users = _users(here, there, team, shelter, first_shelter, benefits, homes)
    mine = _things(here, team, shelter, users, homes=homes, left=first_shelter, benefits=benefits)
    other_shelter = make_shelter(municipality=there)
    other_team = there.units.get(kind=UnitKind.TEAM)
    theirs = _things(
        there,
        other_team,
        other_shelter,
        {
            "adv": users["adX"],
            "sup": make_user(Role.SUPPORT_WORKER, other_team),
            "shs": make_user(Role.SHELTER_STAFF, other_shelter.unit),
            "alc": users["alX"],
        },
        homes=make_organisation(municipality=there),
        left=make_shelter(municipality=there),
        benefits=make_unit(kind=UnitKind.BENEFITS_OFFICE, municipality=there),
        name="Citizen of elsewhere",
        cpr=None,
    )
    for citizen in Citizen.objects.filter(name__startswith=NAME):
        AccessBlock.objects.create(user=users["blk"], citizen=citizen, reason="Søskende")
    return World({code: _fresh(user) for code, user in users.items()}, mine, theirs)


def _users(
    here: Municipality,
    there: Municipality,
    team: Unit,
    shelter: Shelter,
    first_shelter: Shelter,
    benefits: Unit,
    homes: Unit,
) -> dict[str, User]:
    def unit(kind: UnitKind, place: Municipality = here, *, takes_intake: bool = False) -> Unit:
        return make_unit(kind=kind, municipality=place, takes_intake=takes_intake)

    other_team = unit(UnitKind.TEAM)
    team_there = unit(UnitKind.TEAM, there, takes_intake=True)
    users = {
        "adv": make_user(Role.ADVISER, team),
        "sup": make_user(Role.SUPPORT_WORKER, team),
        "hyb": make_user(Role.HYBRID, team),
        "led": make_user(Role.TEAM_LEAD, team),
        "ad2": make_user(Role.ADVISER, other_team),
        "le2": make_user(Role.TEAM_LEAD, other_team),
        "adX": make_user(Role.ADVISER, team_there),
        "leX": make_user(Role.TEAM_LEAD, team_there),
        "alc": make_user(Role.ALLOCATOR, unit(UnitKind.ALLOCATION)),
        "alX": make_user(Role.ALLOCATOR, unit(UnitKind.ALLOCATION, there)),
        "shs": make_user(Role.SHELTER_STAFF, shelter.unit),
        "shl": make_user(Role.SHELTER_LEADER, shelter.unit),
        "sh2": make_user(Role.SHELTER_STAFF, make_shelter(municipality=here).unit),
        "shE": make_user(Role.SHELTER_STAFF, first_shelter.unit),
        "ben": make_user(Role.PARTNER, benefits),
        "job": make_user(Role.PARTNER, unit(UnitKind.JOB_CENTRE)),
        "hou": make_user(Role.PARTNER, homes),
        "ho2": make_user(Role.PARTNER, make_organisation(municipality=here)),
        "aud": make_user(Role.AUDITOR, unit(UnitKind.ADMINISTRATION)),
        "adm": make_user(Role.ADMINISTRATOR, unit(UnitKind.ADMINISTRATION)),
        "roo": make_user(),
        "lea": make_user(Role.ADVISER, team),
        "blk": make_user(Role.ADVISER, team),
        "sys": make_user(Role.SHELTER_STAFF, shelter.unit),
        "syh": make_user(Role.PARTNER, homes),
        "sy0": make_user(Role.SHELTER_STAFF, shelter.unit),
    }
    User.objects.filter(pk=users["roo"].pk).update(is_superuser=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=users["lea"]).update(valid_to=yesterday)
    return users


def _things(
    place: Municipality,
    team: Unit,
    shelter: Shelter,
    users: Mapping[str, User],
    *,
    homes: Unit,
    left: Shelter,
    benefits: Unit,
    name: str = NAME,
    cpr: str | None = CPR,
) -> Things:
    """A citizen with everything, and two more: one with a home, one who waits for one."""
    today = timezone.localdate()
    adviser, worker = users["adv"], users["sup"]
    citizen = make_citizen(name=f"{name} Alma", cpr=cpr)
    case = make_case(unit=team, citizen=citizen, adviser=adviser, opened_on=_ago(200))
    make_stay(shelter=left, citizen=citizen, admitted_on=_ago(150), discharged_on=_ago(120))
    bed = make_bed(shelter=shelter)
    stay = make_stay(shelter=shelter, citizen=citizen, admitted_on=_ago(60), bed=bed)
    shelters.absence_register(stay=stay, starts_on=_ago(1), actor=None, reason="Hos familie")
    note = journal.note_write(
        case=case,
        kind=NoteKind.NOTE,
        happened_at=timezone.now() - timedelta(days=2),
        text=NOTE,
        audience=Audience.CASE,
        is_important=False,
        form_key=uuid4(),
        actor=adviser,
    )
    situation = journal.situation_say(
        case=case,
        situation=Situation.SOFA,
        starts_on=_ago(180),
        ends_on=_ago(155),
        source=Source.CITIZEN,
        remark="",
        actor=adviser,
    )
    journal.wish_say(case=case, words="En stue med lys.", said_on=today, actor=adviser)
    activity = wish_hear(case=case, words="Madlavning.", said_on=today, actor=_fresh(adviser))
    listed = list_join(case=case, joined_on=_ago(9), name="Fjordbo", actor=adviser)
    plan = make_plan(case=case, actor=adviser, made_on=_ago(9), follow_up_on=_ago(1))

    area = make_area(municipality=place)
    estate = make_estate(area=area, unit=homes)
    referral = make_referral(case=case, actor=adviser)
    let_see(users["alc"], case)
    offered = make_vacancy(dwelling=make_dwelling(estate=estate))
    offer = make_offer(vacancy=offered, referral=referral, actor=_fresh(users["alc"]))
    vacancy = make_vacancy(dwelling=make_dwelling(estate=estate))
    housed = make_case(unit=team, citizen=make_citizen(name=f"{name} Bo"), adviser=adviser)
    tenancy = make_tenancy(case=housed, dwelling=make_dwelling(estate=estate))
    reduced = reduction_register(
        tenancy=tenancy, starts_on=today, full_rent_dkk=Decimal("4900.00"), actor=_fresh(adviser)
    )
    owed = arrears_register(
        tenancy=tenancy, heard_on=today, heard_from=HeardFrom.CITIZEN, actor=_fresh(adviser)
    )
    waiting = make_case(unit=team, citizen=make_citizen(name=f"{name} Carl"), adviser=adviser)
    make_referral(case=waiting, actor=adviser)

    ServiceLevel.objects.create(unit=benefits, kind=HandoffKind.DEPOSIT_LOAN, hours=48)
    handoff = handoff_ask(
        case=case,
        kind=HandoffKind.DEPOSIT_LOAN,
        to_unit=benefits,
        amount_dkk=Decimal("15000.00"),
        actor=adviser,
        offer=offer,
        legal_basis="BSL § 54",
    )
    applied = application_register(
        case=case, kind=ApplicationKind.MOVING_COSTS, received_on=_ago(9), actor=_fresh(adviser)
    )
    decision = make_decision(case=case, decided_on=_ago(20), starts_on=_ago(10))
    complaint = complaint_register(
        case=case,
        decision=next(one for one in appealable_in(case) if one.row == decision),
        told_on=_ago(20),
        received_on=_ago(2),
        complainant=Complainant.CITIZEN,
        about="Jeg er uenig.",
        actor=_fresh(adviser),
    )
    enrolment = make_enrolment(
        decision=decision, worker=worker, started_on=_ago(10), phase_1_on=_ago(9)
    )
    visit = make_visit(case=case, worker=worker, sentence="Vi gik en tur.")
    run = imports.run_start(
        importer=importer_of("stays"),
        unit=shelter.unit,
        file_name="ophold.csv",
        content=STAYS_FILE.encode() + f"1;;Gæst;01-01-1980;{_ago(5):%d-%m-%Y};\n".encode(),
        actor=users["shs"],
    )
    imports.run_check(run=run)
    export = ExportRequest.objects.create(
        municipality=place,
        asked_by=worker,
        what="resident_stock",
        persons=51,
        reason=ExportReason.STEERING,
        expires_at=timezone.now() + timedelta(hours=20),
    )
    claim = claim_draft(municipality=place, quarter=quarter_of(today), actor=None, today=today)
    invoice = Invoice.objects.create(
        municipality=place,
        shelter=shelter,
        number="2026-1",
        starts_on=_ago(60),
        ends_on=today,
    )
    InvoiceLine.objects.create(
        invoice=invoice,
        position=2,
        case=case,
        stay=stay,
        starts_on=_ago(60),
        nights=2,
        rate_dkk=Decimal("1450.00"),
        amount_dkk=Decimal("2900.00"),
        right_nights=1,
        right_amount_dkk=Decimal("1450.00"),
        differences=[{"code": "discharge_day", "nights": 1, "from": None, "to": None}],
        is_right=False,
    )
    deadlines = Deadline.objects.filter(case=case).exclude(unit=left.unit)
    members = Membership.objects.filter(user=worker)
    by_noun = {
        "cases": case.reference,
        "notes": note.reference,
        "situations": situation.reference,
        "plans": plan.reference,
        "waitlists": listed.reference,
        "activities": activity.reference,
        "reviews": reduced.reviews.all()[0].reference,
        "stays": stay.reference,
        "absences": stay.absences.get().reference,
        "notices": stay.notices.get().reference,
        "beds": bed.reference,
        "areas": area.pk,
        "estates": estate.reference,
        "agreements": homes.reference,
        "dwellings": vacancy.dwelling.reference,
        "vacancies": vacancy.reference,
        "referrals": referral.reference,
        "papers": referral.papers.order_by("pk")[0].reference,
        "offers": offer.reference,
        "tenancies": tenancy.reference,
        "arrears": owed.reference,
        "handoffs": handoff.reference,
        "decisions": decision.reference,
        "complaints": complaint.reference,
        "applications": applied.reference,
        "enrolments": enrolment.reference,
        "visits": visit.reference,
        "deadlines": deadlines.order_by("pk")[0].reference,
        "imports": run.reference,
        "exports": export.reference,
        "claims": claim.reference,
        "invoices": invoice.reference,
        "importer_key": "stays",
        "lovregler": "reimbursement.cap_transition",
        "echo": "day",
        "calendar": "no-token",
        "milestones": "review1",
        "users": users["adv"].reference,
        "units": team.reference,
        "memberships": members.get().reference,
        "uidb64": worker.reference,
        "token": "no-token",
    }
    return Things(frozenset({citizen.pk, housed.citizen_id, waiting.citizen_id}), by_noun)


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _fresh(user: User) -> User:
    """The user as a request reads them: memberships are read once for each object."""
    return User.objects.get(pk=user.pk)
