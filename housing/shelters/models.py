"""Shelters with rooms and beds, the stays in them, and what the municipality is told of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case, Citizen
from housing.shelters.enums import (
    ActingAnswer,
    AcuteNeed,
    AdmissionRoute,
    DischargeTo,
    NoticeKind,
    Section,
)
from housingfirst.access.enums import Act, Permission
from housingfirst.base.db import Record, Versioned, is_reversed

if TYPE_CHECKING:
    from housingfirst.access.models import User


def span(start: str, end: str) -> Func:
    """The half-open range of two date columns, for an exclusion constraint."""
    return Func(start, end, Value("[)"), function="daterange", output_field=DateRangeField())


class ShelterQuerySet(models.QuerySet["Shelter"]):
    def visible_to(self, user: User) -> Self:
        """The shelters whose staff the user is."""
        return self.filter(unit__in=user.unit_ids_for(Act.STAY_VIEW))


class Shelter(Record):
    """A boform under § 110 (or a neighbouring paragraph). Its leader decides on admission."""

    unit = models.OneToOneField(
        "access.Unit", on_delete=models.PROTECT, related_name="shelter", verbose_name=_("unit")
    )
    name = models.CharField(_("name"), max_length=120)
    section = models.CharField(_("section"), max_length=3, choices=Section, default=Section.S110)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    registered_number = models.CharField(_("number on Tilbudsportalen"), max_length=20, blank=True)

    objects = ShelterQuerySet.as_manager()

    class Meta:
        verbose_name = _("shelter")
        verbose_name_plural = _("shelters")

    def __str__(self) -> str:
        return self.name


class ShelterRate(models.Model):
    """The shelter's fixed price per day from a date, and what a resident pays of it."""

    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="rates")
    valid_from = models.DateField(_("from"))
    daily_rate_dkk = models.DecimalField(
        _("daily rate"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    resident_payment_dkk = models.DecimalField(
        _("resident's payment per day"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        constraints = [
            models.UniqueConstraint(
                fields=["shelter", "valid_from"], name="housing_rate_one_per_day"
            ),
        ]
        ordering = ("-valid_from",)

    def __str__(self) -> str:
        return f"{self.daily_rate_dkk} {self.valid_from}"


class Room(models.Model):
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("room"), max_length=40)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(fields=["shelter", "name"], name="housing_room_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Bed(Record):
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="beds")
    label = models.CharField(_("bed"), max_length=40)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("bed")
        verbose_name_plural = _("beds")
        constraints = [
            models.UniqueConstraint(fields=["room", "label"], name="housing_bed_label_unique"),
        ]

    def __str__(self) -> str:
        return self.label


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, user: User) -> Self:
        """Stays of visible cases; for shelter staff the stays at their own shelter alone.

        What a shelter learns of a citizen's other stays it learns as days used (the clock).
        """
        own = user.unit_ids_for(Act.STAY_VIEW)
        if own:
            stays = self.filter(shelter__unit__in=own)
            blocked = user.blocked_citizen_ids
            return stays.exclude(citizen__in=blocked) if blocked else stays
        cases = Case.objects.visible_to(user, Permission.VIEW).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def open(self) -> Self:
        return self.filter(discharged_on__isnull=True)

    def for_clock(self) -> Self:
        """With all that the reimbursement clock is counted from; a query for each kind of it."""
        return (
            self.select_related("shelter")
            .prefetch_related("absences", "shelter__rates")
            .order_by("admitted_on", "pk")
        )

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Stays with at least one day in [starts_on, ends_on)."""
        stays = self.filter(Q(discharged_on__isnull=True) | Q(discharged_on__gt=starts_on))
        return stays.filter(admitted_on__lt=ends_on) if ends_on else stays


class Stay(Versioned):
    """A stay at a shelter: [admitted_on, discharged_on). The discharge day is not counted."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="stays")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(
        Bed, on_delete=models.PROTECT, null=True, blank=True, related_name="stays"
    )
    admitted_on = models.DateField(_("admitted"))
    admitted_at = models.DateTimeField(_("admitted at"), null=True, blank=True)
    discharged_on = models.DateField(_("discharged"), null=True, blank=True)
    route = models.CharField(_("comes from"), max_length=12, choices=AdmissionRoute)
    need = models.CharField(_("acute need"), max_length=14, choices=AcuteNeed)
    reason = models.TextField(_("why now"), max_length=2_000)
    daily_rate_dkk = models.DecimalField(
        _("agreed daily rate"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    resident_payment_dkk = models.DecimalField(
        _("resident's payment per day"),
        max_digits=8,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    keeps_own_home = models.BooleanField(_("has a home that cannot be used"), default=False)
    discharge_to = models.CharField(
        _("discharged to"), max_length=14, choices=DischargeTo, blank=True
    )
    discharge_reason = models.TextField(_("reason for discharge"), max_length=2_000, blank=True)
    registered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    form_key = models.UUIDField(unique=True, null=True, editable=False)
    external_id = models.CharField(
        _("number in the shelter's own system"), max_length=60, blank=True
    )

    objects = StayQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        constraints = [
            models.CheckConstraint(
                name="housing_stay_ends_after_start",
                condition=Q(discharged_on__isnull=True) | Q(discharged_on__gte=F("admitted_on")),
            ),
            models.CheckConstraint(
                name="housing_stay_discharge_says_where",
                condition=Q(discharged_on__isnull=True) | ~Q(discharge_to=""),
            ),
            models.CheckConstraint(
                name="housing_stay_payment_within_rate",
                condition=Q(resident_payment_dkk__gte=0)
                & Q(daily_rate_dkk__gte=F("resident_payment_dkk")),
            ),
            ExclusionConstraint(
                name="housing_stay_no_overlap",
                expressions=[
                    (F("citizen"), RangeOperators.EQUAL),
                    (span("admitted_on", "discharged_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The citizen already stays at a shelter then."),
            ),
            ExclusionConstraint(
                name="housing_stay_bed_once_at_a_time",
                expressions=[
                    (F("bed"), RangeOperators.EQUAL),
                    (span("admitted_on", "discharged_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The bed is taken then."),
            ),
            models.UniqueConstraint(
                fields=["shelter", "external_id"],
                condition=~Q(external_id=""),
                name="housing_stay_external_id_unique",
            ),
        ]
        indexes = [
            models.Index(
                fields=["shelter", "bed"],
                condition=Q(discharged_on__isnull=True),
                name="housing_stay_open_by_shelter",
            ),
            models.Index(fields=["citizen", "admitted_on"], name="housing_stay_of_citizen"),
            models.Index(fields=["case", "-admitted_on"], name="housing_stay_of_case"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    def clean(self) -> None:
        if is_reversed(self.admitted_on, self.discharged_on):
            raise ValidationError({"discharged_on": _("The discharge is before the admission.")})


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def open_after(self, day: date) -> Self:
        """Not yet over at the end of `day`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))

    def on(self, day: date) -> Self:
        """Away during the night of `day`."""
        return self.open_after(day).filter(starts_on__lte=day)


class Absence(Record):
    """Nights away while still admitted: [starts_on, ends_on). They count as days of the stay."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="absences")
    starts_on = models.DateField(_("away from"))
    ends_on = models.DateField(_("back on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    registered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                name="housing_absence_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            ExclusionConstraint(
                name="housing_absence_no_overlap",
                expressions=[
                    (F("stay"), RangeOperators.EQUAL),
                    (span("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"


class DaysElsewhere(Record):
    """Shelter days in [starts_on, ends_on) not registered here: they too use up the limit."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="days_elsewhere")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    place = models.CharField(_("where"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=120)
    registered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("days used elsewhere")
        verbose_name_plural = _("days used elsewhere")
        constraints = [
            models.CheckConstraint(
                name="housing_elsewhere_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
            ),
            ExclusionConstraint(
                name="housing_elsewhere_no_overlap",
                expressions=[
                    (F("citizen"), RangeOperators.EQUAL),
                    (span("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """The shelter's own notices, and those on cases the municipality's people see."""
        own = user.unit_ids_for(Act.STAY_VIEW)
        if own:
            notices = self.filter(stay__shelter__unit__in=own)
            blocked = user.blocked_citizen_ids
            return notices.exclude(stay__citizen__in=blocked) if blocked else notices
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("stay__case_id"))
        return self.filter(Exists(cases))


class Notice(Versioned):
    """What the shelter must tell the acting municipality: SEL § 110, stk. 6 and 7."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided"))
    due_on = models.DateField(_("due"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_due_on = models.DateField(_("answer due"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=3, choices=ActingAnswer, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(fields=["stay", "kind"], name="housing_notice_one_per_kind"),
            models.CheckConstraint(
                name="housing_notice_acknowledged_after_sent",
                condition=Q(acknowledged_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due_on"],
                condition=Q(acknowledged_at__isnull=True),
                name="housing_notice_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"

    @property
    def is_late(self) -> bool:
        """Sent after its last day. One not yet sent is judged by its deadline instead."""
        return self.sent_at is not None and timezone.localdate(self.sent_at) > self.due_on


def days_from(start: Combinable, end: Combinable) -> Func:
    """Whole days from one date to another, in SQL; negative when `end` comes first."""
    return Func(
        end,
        start,
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=models.IntegerField(),
    )


class ReimbursementClockQuerySet(models.QuerySet["ReimbursementClock"]):
    def at(self, day: date) -> Self:
        """With `days_used`, `days_left` and `days_over` at the end of `day`, counted in SQL."""
        on = Value(day, models.DateField())
        runs_out = Greatest(F("counted_on"), F("last_refundable_on"))
        return self.annotate(
            days_used=F("used") + days_from(F("counted_on"), on),
            days_left=Greatest(days_from(on, F("last_refundable_on")), 0),
            days_over=F("over") + Greatest(days_from(runs_out, on), 0),
        )


class ReimbursementClock(models.Model):
    """A rollup: the reimbursement clock of a citizen's running § 110 stay, for lists and deadlines.

    Computed by `housing.shelters.clock` from the stays; rebuilt at any time with the same result.
    `used` is the count at the end of `counted_on`; until `recompute_on` each day adds one.
    """

    stay = models.OneToOneField(Stay, on_delete=models.CASCADE, related_name="clock")
    counted_on = models.DateField()
    used = models.PositiveIntegerField()
    limit = models.PositiveIntegerField()
    over = models.PositiveIntegerField(default=0)
    year_starts_on = models.DateField()
    year_resets_on = models.DateField()
    last_refundable_on = models.DateField()
    weekly_before_dkk = models.DecimalField(max_digits=10, decimal_places=2)
    weekly_after_dkk = models.DecimalField(max_digits=10, decimal_places=2)
    recompute_on = models.DateField()

    days_used: int
    days_left: int
    days_over: int
    """At the end of the day that `ReimbursementClockQuerySet.at` was asked for."""

    objects = ReimbursementClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("reimbursement clock")
        verbose_name_plural = _("reimbursement clocks")
        indexes = [
            models.Index(fields=["last_refundable_on"], name="housing_clock_last_day"),
            models.Index(fields=["recompute_on"], name="housing_clock_recompute"),
        ]

    def __str__(self) -> str:
        return f"{self.used}/{self.limit} {self.last_refundable_on}"

    @property
    def weekly_extra_dkk(self) -> Decimal:
        """What each week after the last refundable day costs more than one before it."""
        return self.weekly_after_dkk - self.weekly_before_dkk

    def used_on(self, day: date) -> int:
        """Days of stay in the running year at the end of `day`: the number of the day."""
        return self.used + (day - self.counted_on).days

    def left_on(self, day: date) -> int:
        """Days after `day` that are refunded if the citizen stays on; 0 when there are none.

        Counted to the last refundable day, so a year that begins anew before the limit is reached
        gives its days as well.
        """
        return max((self.last_refundable_on - day).days, 0)

    def over_on(self, day: date) -> int:
        """Days of the running year that are not refunded, at the end of `day`."""
        return self.over + max((day - max(self.counted_on, self.last_refundable_on)).days, 0)
