"""Deadlines: one table of all that must be done by a day, filled by the rules of each kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import ROLE_PERMISSIONS, Act, Permission, Role
from housingfirst.base.db import Record
from housingfirst.deadlines.enums import Outcome
from housingfirst.deadlines.kinds import all_kinds

if TYPE_CHECKING:
    from housingfirst.access.models import User


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def visible_to(self, user: User) -> Self:
        """Deadlines of cases the user sees, and those of their own units.

        A unit's own stay visible to it when its access to the case has ended, as a shelter's duty
        to give notice of a discharge. A kind that asks for less than the case asks for its own
        permission. Sealed cases, relatives and the user's own case open no other way than as cases.
        """
        less = [kind.key for kind in all_kinds() if kind.permission == Permission.HOUSING]
        cases: Any = Deadline.case.field.related_model._default_manager  # named, not imported
        of_case = OuterRef("case_id")
        seen = Q(Exists(cases.visible_to(user).filter(pk=of_case)))
        seen |= Q(kind__in=less) & Q(
            Exists(cases.visible_to(user, Permission.HOUSING).filter(pk=of_case))
        )
        own = Q(unit__in=_own_units(user, Permission.VIEW))
        own |= Q(unit__in=_own_units(user, Permission.HOUSING), kind__in=less)
        unsealed = Q(case__isnull=True) | Q(case__is_sealed=False)
        if user.blocked_citizen_ids:
            unsealed &= Q(case__isnull=True) | ~Q(case__citizen__in=user.blocked_citizen_ids)
        # In this order: what is one's own unit's is settled before the grants are looked up.
        return self.filter((own & unsealed) | seen)

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def awake(self, day: date) -> Self:
        """Not put off to a later day."""
        return self.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=day))

    def held_by(self, user: User) -> Self:
        """Theirs: by the facts or given to them, and what in their units is nobody's yet."""
        return self.filter(is_held_by(user))

    def asleep(self, day: date) -> Self:
        """Put off to a later day."""
        return self.filter(snoozed_until__gt=day)


def is_held_by(user: User) -> Q:
    """One's own, what one was given, and what in one's units is nobody's yet."""
    own = Q(person=user) | Q(person__isnull=True, unit__in=user.unit_ids_for(Act.WORKLIST))
    return Q(given_to=user) | (Q(given_to__isnull=True) & own)


def _own_units(user: User, permission: Permission) -> list[int]:
    """The units in which the user has a worklist, by a role that may use such grants."""
    return [
        membership.unit_id
        for membership in user.current_memberships
        if Act.WORKLIST in membership.acts and permission in ROLE_PERMISSIONS[Role(membership.role)]
    ]


class Deadline(Record):
    """One thing due for one object. Its facts decide when it is due and when it is closed.

    A rule owns the columns from `kind` to `params` and rewrites them whenever the facts change;
    people own the rest. `object_key` names the object within its kind. `person` is who has it by
    the facts; whom a colleague gave it to (`given_to`) has it instead.
    """

    kind = models.CharField(_("kind"), max_length=40)
    object_key = models.CharField(max_length=64)
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, null=True, related_name="deadlines"
    )
    due_on = models.DateField(_("due"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    warn_from = models.DateField(_("first warning"))
    now_from = models.DateField(_("last warning"))
    weekly_cost_dkk = models.DecimalField(
        _("cost per week"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    params = models.JSONField(_("facts of its text"), default=dict)

    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_until = models.DateField(_("asks again"), null=True, blank=True)
    snoozed_until = models.DateField(_("put off until"), null=True, blank=True)
    snoozed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    snooze_reason = models.CharField(_("reason"), max_length=200, blank=True)
    given_to = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    given_reason = models.CharField(_("reason"), max_length=200, blank=True, db_default="")
    times_acknowledged = models.PositiveSmallIntegerField(default=0, db_default=0)
    times_snoozed = models.PositiveSmallIntegerField(default=0, db_default=0)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_key"], name="deadlines_deadline_one_per_object"
            ),
            models.CheckConstraint(
                name="deadlines_deadline_warnings_in_order",
                condition=Q(warn_from__lte=F("now_from")) & Q(now_from__lte=F("due_on")),
            ),
            models.CheckConstraint(
                name="deadlines_deadline_acknowledged_by_somebody",
                condition=Q(acknowledged_at__isnull=True) | Q(acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="deadlines_deadline_snooze_has_reason",
                condition=Q(snoozed_until__isnull=True) | ~Q(snooze_reason=""),
            ),
            models.CheckConstraint(
                name="deadlines_deadline_given_says_by_whom_and_why",
                condition=Q(given_to__isnull=True, given_by__isnull=True, given_reason="")
                | (Q(given_to__isnull=False, given_by__isnull=False) & ~Q(given_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "object_key"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_kind",
            ),
            models.Index(
                fields=["unit", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_unit",
            ),
            models.Index(
                fields=["person", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_person",
            ),
            models.Index(
                fields=["given_to", "due_on"],
                condition=Q(closed_at__isnull=True, given_to__isnull=False),
                name="deadlines_open_by_given",
            ),
            models.Index(
                fields=["case", "due_on"],
                condition=Q(closed_at__isnull=True),
                name="deadlines_open_by_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    def is_acknowledged(self, day: date) -> bool:
        """Whether somebody has it in hand, and the ladder has not warned anew since."""
        if self.acknowledged_at is None:
            return False
        return self.acknowledged_until is None or day < self.acknowledged_until

    def is_asleep(self, day: date) -> bool:
        return self.snoozed_until is not None and day < self.snoozed_until


class AlertOutcome(models.Model):
    """One alert that closed. It names no case and no person: it is for counting.

    Put off: somebody put it off at least once. Acted on: else, it closed in time, or somebody took
    it in hand. Ignored: it closed after its day, and nobody had said anything.
    """

    kind = models.CharField(max_length=40)
    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome)

    class Meta:
        verbose_name = _("outcome of an alert")
        verbose_name_plural = _("outcomes of alerts")
        indexes = [
            models.Index(fields=["unit", "closed_on"], name="deadlines_outcome_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"


class CalendarFeed(Record):
    """A person's own list as a calendar, by a link that is its own key.

    Only the link's hash is kept: it is shown once, when it is made. `used_at` is when a calendar
    last asked, to the hour.
    """

    user = models.OneToOneField(
        "access.User", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    used_at = models.DateTimeField(_("last asked for"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")

    def __str__(self) -> str:
        return str(self.reference)


class DigestSubscription(models.Model):
    """A person who wants a mail on the morning of each working day."""

    user = models.OneToOneField("access.User", on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")

    def __str__(self) -> str:
        return f"{self.user_id}"


class SentDigest(models.Model):
    """The mail of one day to one person; the database sees that it is one.

    `sent_at` is empty while it is being sent, and where there was nothing to tell it stays so.
    """

    user = models.ForeignKey("access.User", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sent daily mail")
        verbose_name_plural = _("sent daily mails")
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="deadlines_digest_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
