"""A case with one of everything in it, to be closed."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from cases.casework import journal
from cases.casework.enums import Audience, NoteKind, Situation, Source
from cases.casework.models import Case, Note
from cases.plans.models import PlanRecord
from housing.allocation.models import HousingReferral, ReferralPaper
from housing.shelters.models import Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from support.enrolments.models import Enrolment
from support.methods.enums import Method
from support.methods.models import SupportDecision
from support.visits.enums import Outcome
from support.visits.services import visit_log
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen, make_plan
from tests.crosssector.factories import make_benefits_office, make_handoff
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import (
    let_see,
    make_allocator,
    make_referral,
    make_vacancy,
)
from tests.support.factories import make_decision, make_enrolment


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


class World:
    """A case with one of everything, made while it was open; closed ten days ago."""

    def __init__(self) -> None:
        unit = self.unit = make_unit(takes_intake=True)
        place = unit.municipality
        self.lead: User = make_user(Role.TEAM_LEAD, unit)
        self.citizen = make_citizen(name="Sanne Bay")
        self.case: Case = make_case(unit=unit, citizen=self.citizen, opened_on=ago(200))
        self.shelter = make_shelter(municipality=place)
        self.staff: User = make_user(Role.SHELTER_STAFF, self.shelter.unit)
        self.stay: Stay = make_stay(
            shelter=self.shelter, citizen=self.citizen, municipality=place, admitted_on=ago(60)
        )
        self.note: Note = self.write()
        self.situation = journal.situation_say(
            case=self.case,
            situation=Situation.SOFA,
            starts_on=ago(100),
            ends_on=ago(90),
            source=Source.WORKER,
            remark="",
            actor=self.lead,
        )
        self.plan: PlanRecord = make_plan(case=self.case, actor=self.lead, made_on=ago(40))
        self.decision: SupportDecision = make_decision(
            case=self.case, decided_on=ago(20), starts_on=ago(10)
        )
        self.other: SupportDecision = make_decision(
            case=self.case, method=Method.ICM, decided_on=ago(20), starts_on=ago(10)
        )
        self.course: Enrolment = make_enrolment(decision=self.decision, started_on=ago(10))
        self.office = make_benefits_office(municipality=place)
        self.asked = make_handoff(case=self.case, to_unit=self.office)
        self.referral: HousingReferral = make_referral(case=self.case)
        self.paper: ReferralPaper = self.referral.papers.order_by("pk")[0]
        self.allocator: User = make_allocator(place)
        let_see(self.allocator, self.case)
        self.vacancy = make_vacancy(municipality=place)
        self.lead = User.objects.get(pk=self.lead.pk)

    def close(self) -> None:
        Case.objects.filter(pk=self.case.pk).update(closed_on=ago(10))
        self.case = Case.objects.get(pk=self.case.pk)
        self.note.case = self.situation.case = self.stay.case = self.case
        self.plan.case = self.decision.case = self.other.case = self.course.case = self.case
        self.asked.case = self.referral.case = self.paper.referral.case = self.case

    def write(self) -> Note:
        return journal.note_write(
            case=self.case,
            kind=NoteKind.NOTE,
            happened_at=timezone.now(),
            text="Ringede",
            audience=Audience.CASE,
            is_important=False,
            form_key=uuid.uuid4(),
            actor=self.lead,
        )

    def say(self) -> object:
        return journal.situation_say(
            case=self.case,
            situation=Situation.STREET,
            starts_on=ago(0),
            ends_on=None,
            source=Source.WORKER,
            remark="",
            actor=self.lead,
        )

    def visit(self, days_ago: int) -> object:
        return visit_log(
            case=self.case,
            happened_at=timezone.now() - timedelta(days=days_ago),
            outcome=Outcome.MET,
            form_key=uuid.uuid4(),
            actor=self.lead,
        )
