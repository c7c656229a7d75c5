"""Which pages are measured, and as whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from cases.casework.models import Case
from housingfirst.access.enums import Role
from housingfirst.access.models import User


@dataclass(frozen=True, slots=True)
class Workload:
    """A page by its name, its address for a user, and the role that opens it."""

    name: str
    role: Role
    address: Callable[[User], str]


def _a_case(user: User) -> str:
    case = Case.objects.visible_to(user).filter(stays__isnull=False).order_by("-pk").first()
    assert case is not None  # the region has cases for everyone
    return reverse("cases:case_detail", args=[case.reference])


WORKLOADS = (
    Workload("resident list", Role.SHELTER_STAFF, lambda _u: reverse("housing:resident_list")),
    Workload("case page", Role.ADVISER, _a_case),
    Workload("worklist (Min dag)", Role.ADVISER, lambda _u: reverse("deadlines:my_day")),
    Workload("worklist of the unit", Role.TEAM_LEAD, lambda _u: reverse("deadlines:unit_day")),
    Workload("waiting list", Role.ALLOCATOR, lambda _u: reverse("housing:waiting_list")),
    Workload("allocation board", Role.ALLOCATOR, lambda _u: reverse("housing:allocation_board")),
    Workload("team lead's page", Role.TEAM_LEAD, lambda _u: reverse("crosssector:team_overview")),
    Workload("citizens", Role.ADVISER, lambda _u: reverse("cases:case_list")),
    Workload("case API list", Role.ADVISER, lambda _u: reverse("api:case-list")),
)
