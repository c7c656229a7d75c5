"""The case, who may see it, where the citizen sleeps, what is written and wished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase
from simple_history.models import HistoricalRecords

from cases.casework.enums import (
    SAID_BY_PEOPLE,
    Audience,
    CloseReason,
    NoteKind,
    Situation,
    Source,
)
from cases.citizens.models import Citizen
from housingfirst.access.enums import Act, Permission
from housingfirst.base.db import Record, Versioned
from housingfirst.base.spans import ends_after_start, is_reversed, once_at_a_time

if TYPE_CHECKING:
    from cases.casework.granted import Granted
    from housingfirst.access.models import User


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(
        self, user: User, permission: Permission = Permission.VIEW, *, act: Act | None = None
    ) -> Self:
        """Cases on which a group of `user` holds `permission` today, by a role that has `act`.

        One EXISTS on the grants. Model-wide grants and superusers count for nothing, a sealed
        case opens by a personal grant alone, and the user's own and relatives' cases never do.
        """
        from cases.casework.grants import permission_id  # which writes what is read here

        # By its key: through the codename PostgreSQL expects one grant where there are thousands.
        grants = CaseGrant.objects.valid().filter(
            content_object=OuterRef("pk"),
            group__in=user.group_ids_for(permission, act),
            permission=permission_id(Permission(permission)),
        )
        open_or_mine = Q(is_sealed=False) | Exists(grants.filter(group=user.personal_group_id))
        cases = self.filter(Exists(grants)).filter(open_or_mine)
        if user.blocked_citizen_ids:
            cases = cases.exclude(citizen__in=user.blocked_citizen_ids)
        return cases


class Case(Versioned):
    """A municipality's case about a citizen's homelessness, or risk of it.

    It has no status of its own: that follows from the stays, referrals, offers and tenancies
    (`cases.casework.path`).
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="cases")
    municipality = models.ForeignKey(
        "access.Municipality",
        on_delete=models.PROTECT,
        related_name="cases",
        verbose_name=_("acting municipality"),
    )
    number = models.CharField(_("case number"), max_length=12)
    unit = models.ForeignKey(
        "access.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("responsible unit"),
    )
    adviser = models.ForeignKey(
        "access.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("adviser"),
    )
    opened_on = models.DateField(_("opened"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    close_reason = models.CharField(
        _("why it was closed"), max_length=8, choices=CloseReason, blank=True
    )
    is_sealed = models.BooleanField(_("sealed"), default=False)

    rights: frozenset[Act]
    """What the reader may do here; set by `cases.access.case_for`."""
    granted: list[Granted] | None = None
    """The grants in force; set by `cases.access.case_for`."""

    objects = CaseQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        permissions = [(Permission.HOUSING.value, "See what finding a home needs")]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "number"], name="cases_case_number_unique"
            ),
            models.UniqueConstraint(
                fields=["citizen", "municipality"],
                condition=Q(closed_on__isnull=True),
                name="cases_case_one_open_per_citizen_and_municipality",
            ),
            ends_after_start("cases_case_closes_after_opening", start="opened_on", end="closed_on"),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "unit"],
                condition=Q(closed_on__isnull=True),
                name="cases_case_open_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseCounter(models.Model):
    """The last case number given in a municipality and year; its row lock orders the givers."""

    municipality = models.ForeignKey("access.Municipality", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="cases_counter_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class CaseGrantQuerySet(models.QuerySet["CaseGrant"]):
    def valid(self) -> Self:
        """Grants in force today; `valid_until_on` is the last day."""
        today = timezone.localdate()
        return self.filter(Q(valid_until_on__isnull=True) | Q(valid_until_on__gte=today))


class CaseGrant(GroupObjectPermissionBase):
    """The access list of a case: guardian's permission row with a real foreign key."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="grants")
    valid_until_on = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=40)
    granted_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    # guardian types its own manager as a class variable; ours only adds to it
    objects = CaseGrantQuerySet.as_manager()  # type: ignore[misc,assignment]  # guardian's manager gives way

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = _("access to a case")
        verbose_name_plural = _("access to cases")
        indexes = [
            models.Index(
                fields=["group", "permission", "-content_object"], name="cases_grant_by_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.content_object_id}"


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> Self:
        """Notes of visible cases that are for everyone on the case, or for a unit of the user."""
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases)).readable_by(user)

    def readable_by(self, user: User) -> Self:
        """Of notes whose case the user sees: those for everyone on it, or for their own unit."""
        units = [m.unit_id for m in user.current_memberships]
        return self.filter(Q(audience=Audience.CASE) | Q(unit__in=units))


class SituationQuerySet(models.QuerySet["SituationRecord"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))


class SituationRecord(Versioned):
    """Where the citizen slept during [starts_on, ends_on), in the words of the national count."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="situations")
    situation = models.CharField(_("situation"), max_length=4, choices=Situation)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.WORKER)
    remark = models.CharField(_("remark"), max_length=200, blank=True)

    objects = SituationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("situation")
        verbose_name_plural = _("situations")
        constraints = [
            ends_after_start("cases_situation_ends_after_start"),
            once_at_a_time(
                "cases_situation_one_at_a_time",
                "case",
                says=_("Another situation is registered for that time."),
            ),
        ]
        ordering = ("-starts_on", "-pk")

    def __str__(self) -> str:
        return f"{self.situation} {self.starts_on}"

    def clean(self) -> None:
        if is_reversed(self.starts_on, self.ends_on):
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    @property
    def is_said(self) -> bool:
        """Whether people wrote it; else it follows from a stay or a tenancy."""
        return self.source in SAID_BY_PEOPLE


class Note(Versioned):
    """What was written in the journal, and who reads it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind, default=NoteKind.NOTE)
    happened_at = models.DateTimeField(_("happened"))
    text = models.TextField(_("text"), max_length=10_000)
    audience = models.CharField(
        _("who can read it"), max_length=4, choices=Audience, default=Audience.CASE
    )
    is_important = models.BooleanField(_("important"), default=False)
    author = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, editable=False)

    objects = NoteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["case", "-happened_at"], name="cases_note_newest")]

    def __str__(self) -> str:
        return str(self.reference)


class Wish(Record):
    """The citizen's own words about how to live. The newest is the one that counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wishes")
    words = models.TextField(_("in the citizen's own words"), max_length=2_000)
    said_on = models.DateField(_("said on"))
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        indexes = [models.Index(fields=["case", "-said_on", "-id"], name="cases_wish_newest")]

    def __str__(self) -> str:
        return str(self.reference)
