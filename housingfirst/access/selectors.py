"""What the administrator's and the auditor's pages read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from housingfirst.access.citizens import Found, case_numbers, citizen_of
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.models import AccessEntry, Membership, Organisation, Unit, User
from housingfirst.base.keyset import Window, window

USERS: Final = 40
ENTRIES: Final = 50
NUMBERS: Final = 3
"""So many case numbers of an entry about many citizens are written out."""


def managed_municipality_ids(actor: User) -> frozenset[int]:
    """The municipalities whose users and units the actor manages."""
    return frozenset(unit.municipality_id for unit in actor.units_for(Act.USERS_MANAGE))


def manages_user(actor: User, user: User) -> bool:
    """Whether all that the user is or was a member of is the actor's to manage."""
    elsewhere = user.memberships.exclude(unit__municipality__in=managed_municipality_ids(actor))
    return actor.may(Act.USERS_MANAGE) and not user.is_superuser and not elsewhere.exists()


def users_for(actor: User, query: Mapping[str, str], today: date) -> Window[User]:
    """The users the administrator may see, by name: their municipality's, and nobody's yet.

    `q`: part of a name or an e-mail; `off`: those switched off.
    """
    users = visible_users(actor).filter(is_active=query.get("off") != "1")
    if text := query.get("q", ""):
        users = users.filter(Q(name__icontains=text) | Q(email__icontains=text))
    held = Membership.objects.on(today).select_related("unit").order_by("pk")
    users = users.prefetch_related(Prefetch("memberships", held, to_attr="held_today"))
    return window(users, order=("name", "pk"), size=USERS, query=query)


def visible_users(actor: User) -> QuerySet[User]:
    """Users of units in the administrator's municipality, and users of none."""
    memberships = Membership.objects.filter(user=OuterRef("pk"))
    here = memberships.filter(unit__municipality__in=managed_municipality_ids(actor))
    return User.objects.filter(Exists(here) | ~Exists(memberships), is_superuser=False)


def user_for(actor: User, reference: UUID) -> User:
    """A user the administrator may see. Raises Denied."""
    user = visible_users(actor).filter(reference=reference).first()
    if user is None:
        raise Denied("user")
    return user


def memberships_of(user: User, actor: User) -> list[Membership]:
    """The user's memberships in the administrator's municipality, newest first."""
    return list(
        user.memberships.filter(unit__municipality__in=managed_municipality_ids(actor))
        .select_related("unit")
        .order_by("-valid_from", "-pk")
    )


def membership_for(actor: User, reference: UUID) -> Membership:
    """A membership in the administrator's municipality. Raises Denied."""
    membership = (
        Membership.objects.filter(
            reference=reference, unit__municipality__in=managed_municipality_ids(actor)
        )
        .select_related("unit", "user")
        .first()
    )
    if membership is None:
        raise Denied("membership")
    return membership


def units_for(actor: User) -> QuerySet[Unit]:
    """The units of the administrator's municipality, by name."""
    return (
        Unit.objects.filter(municipality__in=managed_municipality_ids(actor))
        .select_related("organisation", "municipality")
        .order_by("name", "pk")
    )


def units_with_members(actor: User, today: date) -> list[Unit]:
    """The same with `members`: how many have a role in each today."""
    held = Q(memberships__valid_from__lte=today) & (
        Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gt=today)
    )
    return list(
        units_for(actor).annotate(members=Count("memberships__user", filter=held, distinct=True))
    )


def unit_for(actor: User, reference: UUID) -> Unit:
    """A unit of the administrator's municipality. Raises Denied."""
    unit = units_for(actor).filter(reference=reference).first()
    if unit is None:
        raise Denied("unit")
    return unit


def organisations_for(actor: User) -> list[Organisation]:
    """The organisations that a new unit of the administrator's municipality may belong to."""
    managed = managed_municipality_ids(actor)
    units = Unit.objects.filter(organisation=OuterRef("pk"), municipality__in=managed)
    return list(
        Organisation.objects.filter(Q(municipality__in=managed) | Exists(units)).order_by(
            "name", "pk"
        )
    )


@dataclass(frozen=True, slots=True)
class Audited:
    """An entry with the case numbers of some of its citizens, and how many more there are."""

    entry: AccessEntry
    numbers: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Audit:
    """A page of the log. `is_unknown`: the case number that was asked for belongs to no case."""

    rows: list[Audited]
    window: Window[AccessEntry]
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What the auditor asks for; empty fields ask for nothing."""

    who: str = ""
    action: str = ""
    number: str = ""
    first: date | None = None
    last: date | None = None


def audit(auditor: User, asked: AuditFilter, query: Mapping[str, str]) -> Audit:
    """Uses of personal data by the auditor's own municipality's units, newest first.

    Asked about one case also those of the units that have or had access to it, and every refusal.
    """
    own = frozenset(unit.municipality_id for unit in auditor.units_for(Act.LOG_AUDIT))
    found = citizen_of(asked.number, own) if asked.number else None
    if asked.number and found is None:
        return Audit([], Window([], has_previous=False, has_next=False), is_unknown=True)
    entries = AccessEntry.objects.filter(_concerns(own, found))
    if found is not None:
        entries = entries.filter(citizen_ids__contains=[found.citizen_id])
    if asked.who:
        people = User.objects.filter(Q(name__icontains=asked.who) | Q(email__icontains=asked.who))
        entries = entries.filter(user__in=people.values("pk"))
    if asked.action in LogAction.values:
        entries = entries.filter(action=asked.action)
    if asked.first:
        entries = entries.filter(at__gte=_midnight(asked.first))
    if asked.last:
        entries = entries.filter(at__lt=_midnight(asked.last + timedelta(days=1)))
    page = window(
        entries.select_related("user", "unit"), order=("-at", "-pk"), size=ENTRIES, query=query
    )
    citizens = {citizen for entry in page.rows for citizen in entry.citizen_ids[:NUMBERS]}
    numbers = case_numbers(citizens, own)
    return Audit([_audited(entry, numbers) for entry in page.rows], page)


def _concerns(own: frozenset[int], found: Found | None) -> Q:
    concerns = Q(unit__municipality__in=own)
    if found is not None:
        concerns |= Q(unit__group__in=found.group_ids) | Q(action=LogAction.DENIED)
        concerns |= Q(unit__isnull=True)
    return concerns


def _audited(entry: AccessEntry, numbers: Mapping[int, str]) -> Audited:
    shown = [numbers[citizen] for citizen in entry.citizen_ids[:NUMBERS] if citizen in numbers]
    return Audited(entry, shown, len(entry.citizen_ids) - len(shown))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
