"""Stays, the nights away from them, and days that were used elsewhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Cast, Coalesce, JSONObject, Least
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case, Citizen
from housing.shelters.enums import AcuteNeed, AdmissionRoute, DischargeTo, NoticeKind
from housing.shelters.models.places import Bed, Shelter, ShelterRate
from housingfirst.access.enums import Act, Permission
from housingfirst.base.db import Record, Versioned
from housingfirst.base.spans import ends_after_start, is_reversed, once_at_a_time

if TYPE_CHECKING:
    from housing.shelters.models.notices import Notice
    from housingfirst.access.models import User


class AwayJson(TypedDict):
    starts_on: str
    ends_on: str | None


class RateJson(TypedDict):
    """A price of the shelter: a date in ISO form, and amounts as plain digits."""

    valid_from: str
    rate: str
    payment: str


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
        """With all that the reimbursement clock is counted from: `nights_away` and `listed`."""
        away = Absence.objects.filter(stay=OuterRef("pk")).order_by("starts_on")
        rates = ShelterRate.objects.filter(shelter=OuterRef("shelter")).order_by("valid_from")
        return (
            self.select_related("shelter", "case")
            .annotate(
                nights_away=ArraySubquery(
                    away.values(json=JSONObject(starts_on="starts_on", ends_on="ends_on"))
                ),
                listed=ArraySubquery(
                    rates.values(
                        json=JSONObject(
                            valid_from="valid_from",
                            rate=Cast("daily_rate_dkk", models.CharField()),
                            payment=Cast("resident_payment_dkk", models.CharField()),
                        )
                    )
                ),
            )
            .order_by("admitted_on", "pk")
        )

    def with_admission_notice(self) -> Self:
        """With `admission_notice`, None where there is none."""
        sent = FilteredRelation("notices", condition=Q(notices__kind=NoticeKind.ADMISSION))
        return self.annotate(admission_notice=sent).select_related("admission_notice")

    def overlapping(self, starts_on: date, ends_on: date | None) -> Self:
        """Stays with at least one day in [starts_on, ends_on)."""
        stays = self.filter(Q(discharged_on__isnull=True) | Q(discharged_on__gt=starts_on))
        return stays.filter(admitted_on__lt=ends_on) if ends_on else stays


class Stay(Versioned):
    """A stay at a shelter: [admitted_on, discharged_on). The discharge day is not counted.

    The bed is held from the admission, or from `bed_from` for one who came from another bed: those
    stand in `earlier_beds`. A stay that goes on may have a planned day of discharge: then
    `discharge_to` and `discharge_reason` are those of the plan.
    """

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="stays")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="stays")
    bed = models.ForeignKey(
        Bed, on_delete=models.PROTECT, null=True, blank=True, related_name="stays"
    )
    bed_from = models.DateField(_("in this bed from"), null=True, blank=True)
    admitted_on = models.DateField(_("admitted"))
    admitted_at = models.DateTimeField(_("admitted at"), null=True, blank=True)
    discharged_on = models.DateField(_("discharged"), null=True, blank=True)
    discharge_planned_on = models.DateField(_("discharge planned"), null=True, blank=True)
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

    nights_away: list[AwayJson]
    listed: list[RateJson]
    """Nights away, and the shelter's prices, oldest first; of `StayQuerySet.for_clock`."""
    admission_notice: Notice | None = None
    """Of `StayQuerySet.with_admission_notice`."""

    objects = StayQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("stay")
        verbose_name_plural = _("stays")
        constraints = [
            ends_after_start(
                "housing_stay_ends_after_start", start="admitted_on", end="discharged_on"
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
            once_at_a_time(
                "housing_stay_no_overlap",
                "citizen",
                start="admitted_on",
                end="discharged_on",
                says=_("The citizen already stays at a shelter then."),
            ),
            once_at_a_time(
                "housing_stay_bed_once_at_a_time",
                "bed",
                # LEAST leaves out a day of discharge that is not set.
                start=Least(Coalesce("bed_from", "admitted_on"), "discharged_on"),
                end="discharged_on",
                says=_("The bed is taken then."),
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

    @property
    def leaves_on(self) -> date | None:
        """The planned day of a stay that goes on."""
        return self.discharge_planned_on if self.discharged_on is None else None

    def clean(self) -> None:
        if is_reversed(self.admitted_on, self.discharged_on):
            raise ValidationError({"discharged_on": _("The discharge is before the admission.")})


class EarlierBed(models.Model):
    """A bed that a resident was moved from: slept in during [starts_on, ends_on)."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="earlier_beds")
    bed = models.ForeignKey(Bed, on_delete=models.PROTECT, related_name="earlier_stays")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))

    class Meta:
        verbose_name = _("earlier bed")
        verbose_name_plural = _("earlier beds")
        constraints = [
            models.CheckConstraint(
                name="housing_earlier_bed_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
            ),
            once_at_a_time("housing_earlier_bed_one_at_a_time", "stay"),
        ]
        ordering = ("starts_on",)

    def __str__(self) -> str:
        return f"{self.bed_id} {self.starts_on}"


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
            once_at_a_time("housing_absence_no_overlap", "stay"),
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
            once_at_a_time("housing_elsewhere_no_overlap", "citizen"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}"
