"""Reads: who may give the support, and the courses of a case."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from cases.casework.models import Case, CaseGrant
from housingfirst.access.enums import Permission, Role
from housingfirst.access.models import Membership, Unit, User
from support.enrolments.models import Enrolment

WORKERS = (Role.SUPPORT_WORKER, Role.HYBRID)


def units_on(case: Case) -> QuerySet[Unit]:
    """The units whose people may see the case today."""
    grants = CaseGrant.objects.valid().filter(
        content_object=case, permission__codename=Permission.VIEW, group=OuterRef("group")
    )
    return Unit.objects.filter(Exists(grants)).order_by("name")


def workers_for(case: Case, on: date) -> QuerySet[User]:
    """The support workers of the units on the case, but none who may never see the citizen."""
    members = Membership.objects.on(on).filter(
        user=OuterRef("pk"), role__in=WORKERS, unit__in=units_on(case)
    )
    return (
        User.objects.filter(Exists(members), is_active=True)
        .exclude(blocks__citizen=case.citizen_id)
        .order_by("name", "pk")
    )


def enrolments_in(case: Case, user: User) -> QuerySet[Enrolment]:
    """The courses of a case, the running ones first."""
    return (
        Enrolment.objects.visible_to(user)
        .filter(case=case)
        .select_related("worker", "decision")
        .order_by("ended_on", "-started_on", "-pk")
    )
