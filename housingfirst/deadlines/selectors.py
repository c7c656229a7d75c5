"""Who may take a deadline over."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from housingfirst.access.enums import ROLE_ACTS, Act, Role
from housingfirst.access.models import Membership, User
from housingfirst.deadlines.models import Deadline

WORKING_ROLES = [role for role in Role if Act.WORKLIST in ROLE_ACTS[role]]


def colleagues_for(deadline: Deadline, day: date) -> QuerySet[User]:
    """The people of its unit with a worklist, by name, without whose it is now and who may never
    see its citizen."""
    members = Membership.objects.on(day).filter(
        user=OuterRef("pk"), unit=deadline.unit_id, role__in=WORKING_ROLES
    )
    people = User.objects.filter(Exists(members), is_active=True).exclude(
        pk=deadline.given_to_id or deadline.person_id or 0
    )
    if deadline.case is not None:
        people = people.exclude(blocks__citizen=deadline.case.citizen_id)
    return people.order_by("name", "pk")


def may_take(deadline: Deadline, user: User) -> bool:
    """Whether it can be given to them: they work in its unit today, and it opens for them."""
    user = User.objects.get(pk=user.pk)  # their memberships as they are now
    in_unit = user.is_active and deadline.unit_id in user.unit_ids_for(Act.WORKLIST)
    return in_unit and Deadline.objects.visible_to(user).filter(pk=deadline.pk).exists()
