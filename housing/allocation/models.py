"""Referrals to housing, what is still missing in them, and offers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housing.allocation.enums import (
    Benefit,
    DeclinedBy,
    DeclineReason,
    OfferStatus,
    PaperKind,
    ReferralEnd,
    ReferralStatus,
    Stairs,
    Track,
    Urgency,
    WithdrawReason,
)
from housing.supply.models import Area, Dwelling, Vacancy
from housingfirst.access.enums import Permission
from housingfirst.base.db import Record, Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ReferralQuerySet(models.QuerySet["HousingReferral"]):
    def visible_to(self, user: User) -> Self:
        """Referrals of cases on which the user may see what finding a home needs."""
        cases = Case.objects.visible_to(user, Permission.HOUSING).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def waiting(self) -> Self:
        return self.filter(status=ReferralStatus.WAITING)


class HousingReferral(Versioned):
    """Asks the municipality to find a home. Nothing in it asks whether the citizen is ready.

    It may be sent incomplete: the wait counts from `sent_at` all the same. After a lost home the
    next referral `continues` the earlier one and keeps its `waits_from`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    municipality = models.ForeignKey(
        "access.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ReferralStatus, default=ReferralStatus.DRAFT
    )
    track = models.CharField(
        _("kind of home"), max_length=10, choices=Track, default=Track.OWN_HOME
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    sent_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waits_from = models.DateField(_("waits from"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=12, choices=ReferralEnd, blank=True)
    continues = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name=_("keeps the wait of"),
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    wish_words = models.TextField(_("how would you like to live"), max_length=2_000, blank=True)
    support_wish = models.CharField(_("who should give the support"), max_length=200, blank=True)
    unfit_areas = models.ManyToManyField(
        Area, verbose_name=_("areas that will not do"), related_name="+", blank=True
    )
    unfit_reason = models.CharField(_("why they will not do"), max_length=200, blank=True)

    adults = models.PositiveSmallIntegerField(_("adults"), default=1)
    children = models.PositiveSmallIntegerField(_("children"), default=0)
    visiting_children = models.BooleanField(_("children on visits"), default=False)
    rooms_min = models.PositiveSmallIntegerField(
        _("rooms, at least"), default=1, validators=[MinValueValidator(1)]
    )
    stairs = models.CharField(_("stairs"), max_length=10, choices=Stairs, default=Stairs.ANY)
    has_pets = models.BooleanField(_("pets"), default=False)
    wants_outdoor_space = models.BooleanField(_("balcony or garden"), default=False)

    benefit = models.CharField(
        _("benefit"), max_length=16, choices=Benefit, default=Benefit.UNKNOWN
    )
    income_dkk = models.DecimalField(
        _("paid out per month"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    rent_max_dkk = models.DecimalField(
        _("highest rent"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    urgency = models.CharField(
        _("urgency"), max_length=10, choices=Urgency, default=Urgency.ORDINARY
    )
    urgency_reason = models.CharField(_("why urgent"), max_length=200, blank=True)
    remark = models.TextField(_("what else the allocator must know"), max_length=2_000, blank=True)

    refundable_on: date | None
    """The last refundable day of the running stay; this and the rest by `selectors.matching`."""
    over_counted: int | None
    over_counted_on: date | None
    group: int
    is_offered: bool
    verdict_rank: int
    place: int
    sleeps: str | None
    """Where the citizen sleeps; this and the rest by `selectors.rows`."""
    lacks_papers: bool
    earlier_offers: int
    offer_until: datetime | None
    offer_reference: UUID | None
    wished_ids: list[int]
    wished_names: list[str]
    unfit_ids: list[int]
    unfit_names: list[str]

    objects = ReferralQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[unfit_areas])

    class Meta:
        verbose_name = _("housing referral")
        verbose_name_plural = _("housing referrals")
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=[ReferralStatus.DRAFT, ReferralStatus.WAITING]),
                name="housing_referral_one_open_per_case",
            ),
            models.CheckConstraint(
                name="housing_referral_sent_has_dates",
                condition=Q(status=ReferralStatus.DRAFT)
                | Q(status=ReferralStatus.WITHDRAWN)
                | (Q(sent_at__isnull=False) & Q(waits_from__isnull=False)),
            ),
            models.CheckConstraint(
                name="housing_referral_ended_has_its_day",
                condition=Q(
                    status__in=[ReferralStatus.DRAFT, ReferralStatus.WAITING],
                    ended_on__isnull=True,
                )
                | Q(
                    status__in=[ReferralStatus.HOUSED, ReferralStatus.WITHDRAWN],
                    ended_on__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="housing_referral_amounts_not_negative",
                condition=(Q(income_dkk__isnull=True) | Q(income_dkk__gte=0))
                & (Q(rent_max_dkk__isnull=True) | Q(rent_max_dkk__gte=0)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "waits_from"],
                condition=Q(status=ReferralStatus.WAITING),
                name="housing_referral_waiting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class AreaWish(models.Model):
    """An area the citizen wants, by rank: 1 first."""

    referral = models.ForeignKey(
        HousingReferral, on_delete=models.CASCADE, related_name="area_wishes"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "area"], name="housing_area_wish_once"),
            models.UniqueConstraint(fields=["referral", "rank"], name="housing_area_wish_rank"),
        ]
        ordering = ("rank",)

    def __str__(self) -> str:
        return f"{self.rank}"


class ReferralPaper(Record):
    """A paper the referral needs: missing ones are tasks with a deadline; the wait counts on."""

    referral = models.ForeignKey(HousingReferral, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("paper"), max_length=10, choices=PaperKind)
    received_on = models.DateField(_("received"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    responsible = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind"], name="housing_paper_once"),
        ]

    def __str__(self) -> str:
        return self.kind


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user, Permission.HOUSING).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def live(self) -> Self:
        return self.filter(status=OfferStatus.LIVE)


class Offer(Versioned):
    """A dwelling held for a citizen until they answer. The database allows one live at a time."""

    referral = models.ForeignKey(HousingReferral, on_delete=models.PROTECT, related_name="offers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="offers")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="offers")
    status = models.CharField(
        _("status"), max_length=10, choices=OfferStatus, default=OfferStatus.LIVE
    )
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    answer_by = models.DateTimeField(_("answer by"))
    viewing_at = models.DateTimeField(_("viewing"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_by = models.CharField(_("declined by"), max_length=12, choices=DeclinedBy, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=16, choices=DeclineReason, blank=True)
    withdraw_reason = models.CharField(
        _("reason"), max_length=16, choices=WithdrawReason, blank=True
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    why_not_first = models.CharField(
        _("why another than the first in the order"), max_length=500, blank=True
    )
    match = models.JSONField(_("the match as it was"), default=dict)

    objects = OfferQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(status=OfferStatus.LIVE),
                name="housing_offer_one_live_per_dwelling",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status=OfferStatus.LIVE),
                name="housing_offer_one_live_per_case",
            ),
            models.UniqueConstraint(
                fields=["vacancy"],
                condition=Q(status=OfferStatus.ACCEPTED),
                name="housing_offer_one_accepted_per_vacancy",
            ),
            models.CheckConstraint(
                name="housing_offer_end_has_time",
                condition=Q(status=OfferStatus.LIVE, ended_at__isnull=True)
                | (~Q(status=OfferStatus.LIVE) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="housing_offer_decline_has_reason",
                condition=~Q(status=OfferStatus.DECLINED)
                | (~Q(decline_reason="") & ~Q(declined_by="")),
            ),
            models.CheckConstraint(
                name="housing_offer_answer_after_offer",
                condition=Q(answer_by__gt=F("offered_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"],
                condition=Q(status=OfferStatus.LIVE),
                name="housing_offer_live_by_answer",
            ),
            models.Index(fields=["case", "-offered_at"], name="housing_offer_of_case"),
        ]

    def __str__(self) -> str:
        return str(self.reference)
