"""A municipality with two who claim, its shelter on Tilbudsportalen, and stays at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from cases.casework.models import Case
from cases.citizens.models import Citizen
from crosssector.reimbursement import services
from crosssector.reimbursement.models import Claim
from crosssector.reimbursement.rules import Quarter
from housing.shelters.enums import ActingAnswer
from housing.shelters.models import Notice, Shelter, Stay
from housingfirst.access.enums import Role
from housingfirst.access.models import Municipality, Unit, User
from tests.access.factories import make_municipality, make_unit, make_user
from tests.cases.factories import make_case, make_citizen
from tests.housing.factories import make_shelter, make_stay

Q3 = Quarter(date(2026, 7, 1))
Q4 = Quarter(date(2026, 10, 1))


@dataclass(frozen=True, slots=True)
class Place:
    """Hanne drafts and Helle approves, both of `team`, whose cases they see."""

    municipality: Municipality
    team: Unit
    shelter: Shelter
    hanne: User
    helle: User

    def stay(
        self,
        admitted_on: date,
        discharged_on: date | None = None,
        *,
        citizen: Citizen | None = None,
        is_notified: bool = True,
        shelter: Shelter | None = None,
    ) -> Stay:
        """A stay on a case of the team; its notice sent and answered in time unless told not."""
        citizen = citizen or make_citizen()
        if not Case.objects.filter(citizen=citizen, municipality=self.municipality).exists():
            make_case(unit=self.team, citizen=citizen, opened_on=admitted_on)
        stay = make_stay(
            shelter=shelter or self.shelter,
            citizen=citizen,
            admitted_on=admitted_on,
            discharged_on=discharged_on,
        )
        if is_notified:
            notify(stay)
        return stay

    def drafted(self, quarter: Quarter = Q3, *, today: date | None = None) -> Claim:
        return services.claim_draft(
            municipality=self.municipality,
            quarter=quarter,
            actor=self.hanne,
            today=today or quarter.ends_on,
        )

    def checked(self, quarter: Quarter = Q3) -> Claim:
        claim = self.drafted(quarter)
        services.claim_check(claim=claim, actor=self.hanne, today=quarter.ends_on)
        return Claim.objects.get(pk=claim.pk)

    def locked(self, quarter: Quarter = Q3) -> Claim:
        claim = self.checked(quarter)
        services.claim_approve(claim=claim, actor=self.helle)
        return Claim.objects.get(pk=claim.pk)


def make_place(*, name: str = "") -> Place:
    place = make_municipality(name=name)
    team = make_unit(municipality=place, takes_intake=True, name="Team Bolig")
    return Place(
        municipality=place,
        team=team,
        shelter=make_registered_shelter(place),
        hanne=make_user(Role.TEAM_LEAD, team, name="Hanne Grønvang"),
        helle=make_user(Role.TEAM_LEAD, team, name="Helle Skouboe"),
    )


def make_registered_shelter(place: Municipality, *, name: str = "Kilden") -> Shelter:
    shelter = make_shelter(municipality=place, name=name)
    shelter.registered_number = "280100"
    shelter.save()
    return shelter


def notify(stay: Stay, *, days_after: int = 1, answer: str = ActingAnswer.YES) -> Notice:
    """The notice of admission is sent so many days after it, and answered."""
    notice = stay.notices.get(kind="admission")
    sent = datetime.combine(stay.admitted_on, datetime.min.time(), timezone.get_current_timezone())
    notice.sent_at = sent + timedelta(days=days_after, hours=10)
    notice.answer = answer
    if answer:
        notice.acknowledged_at = notice.sent_at + timedelta(days=1)
    notice.save()
    return notice
