"""Users, what they are members of, and whom they may never see."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import (
    PARTNER_ACTS,
    ROLE_ACTS,
    ROLE_PERMISSIONS,
    Act,
    Permission,
    Role,
    UnitKind,
)
from housingfirst.access.models.organisation import Municipality, Unit
from housingfirst.base.db import Record
from housingfirst.base.spans import ends_after_start, is_reversed, once_at_a_time
from housingfirst.base.written_out import written_out


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user with a group of their own, for what is shared with one person."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.personal_group = Group.objects.create(name=f"user:{user.reference}")
        user.set_password(password)
        user.save()
        return user


class User(Record, AbstractBaseUser, PermissionsMixin):
    """A person who logs in. What they may do follows from their memberships today."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("title"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=5, default="da")
    shortcuts = models.BooleanField(_("single-letter shortcuts"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    authz_epoch = models.PositiveIntegerField(default=0, editable=False)
    cpr_index = models.BinaryField(null=True, blank=True, editable=False)
    personal_group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="person", editable=False
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="access_user_email_unique_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """Today's memberships with their units. One query for each request's user.

        It brings `blocked_citizen_ids` along, which whoever has a role is asked for.
        """
        if not self.is_active:
            return []
        return list(_memberships_on(timezone.localdate()).filter(user=self))

    @cached_property
    def blocked_citizen_ids(self) -> list[int]:
        """Citizens this user may never see: relatives, or the user."""
        if self.current_memberships:
            return list(vars(self.current_memberships[0])["blocked"])
        return list(self.blocks.values_list("citizen_id", flat=True))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(m.role) for m in self.current_memberships)

    @cached_property
    def acts(self) -> frozenset[Act]:
        return frozenset().union(*(m.acts for m in self.current_memberships))

    def may(self, act: Act) -> bool:
        """Whether any of the user's roles has `act`. Says nothing about a particular case."""
        return act in self.acts

    def units_for(self, act: Act) -> list[Unit]:
        """The units in which the user has `act`, in the order they were joined."""
        return list({m.unit.pk: m.unit for m in self.current_memberships if act in m.acts}.values())

    def unit_ids_for(self, act: Act) -> list[int]:
        return [unit.pk for unit in self.units_for(act)]

    def group_ids_for(self, permission: Permission, act: Act | None = None) -> list[int]:
        """The groups whose grants of `permission` the user may use today, for `act` if named."""
        groups = {
            m.unit.group_id
            for m in self.current_memberships
            if permission in ROLE_PERMISSIONS[Role(m.role)] and (act is None or act in m.acts)
        }
        if groups:
            groups.add(self.personal_group_id)
        return sorted(groups)

    @property
    def home_unit(self) -> Unit | None:
        """The unit the user's pages speak of: the first joined."""
        return self.current_memberships[0].unit if self.current_memberships else None

    @property
    def municipality(self) -> Municipality | None:
        return self.home_unit.municipality if self.home_unit else None


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def with_roles(self, roles: Collection[Role]) -> MembershipQuerySet:
        return self.filter(role__in=roles)


@lru_cache(maxsize=2)
def _memberships_on(day: date) -> models.QuerySet[Membership]:
    """Everybody's, with what `current_memberships` reads along: built once a day and process."""
    blocked = AccessBlock.objects.filter(user=OuterRef("user")).values("citizen_id")
    rows = Membership.objects.on(day).select_related("unit__municipality", "unit__organisation")
    return written_out(rows.order_by("pk"), blocked=ArraySubquery(blocked))


class Membership(Record):
    """A user's role in a unit during [valid_from, valid_to)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            ends_after_start(
                "access_membership_ends_after_start", start="valid_from", end="valid_to"
            ),
            once_at_a_time(
                "access_membership_role_once_at_a_time",
                "user",
                "unit",
                "role",
                start="valid_from",
                end="valid_to",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id}"

    def clean(self) -> None:
        if is_reversed(self.valid_from, self.valid_to):
            raise ValidationError({"valid_to": _("The last day is before the first.")})

    @property
    def acts(self) -> frozenset[Act]:
        acts = ROLE_ACTS[Role(self.role)]
        if self.role == Role.PARTNER:
            acts = PARTNER_ACTS.get(UnitKind(self.unit.kind), frozenset({Act.HANDOFF_ANSWER}))
        return acts


class AccessBlock(Record):
    """A citizen whom the user may never see, whatever their role: a relative, or the user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="blocks")
    citizen = models.ForeignKey("cases.Citizen", on_delete=models.CASCADE, related_name="blocks")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("access block")
        verbose_name_plural = _("access blocks")
        constraints = [
            models.UniqueConstraint(fields=["user", "citizen"], name="access_block_once"),
        ]

    def __str__(self) -> str:
        return str(self.reference)
