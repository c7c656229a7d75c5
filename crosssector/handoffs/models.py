"""Work asked of another unit, with a clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from crosssector.handoffs.enums import HandoffKind, HandoffStatus
from housingfirst.access.enums import Act, Role
from housingfirst.base.db import Record, Versioned

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ServiceLevel(Versioned):
    """What is agreed with a unit about one kind of handoff: answered within so many hours.

    It holds for what is asked from its last change on. The history keeps what held before, also
    when the agreement has been removed.
    """

    unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="service_levels")
    kind = models.CharField(_("kind"), max_length=16, choices=HandoffKind)
    hours = models.PositiveIntegerField(_("hours"), validators=[MinValueValidator(1)])
    working_days_only = models.BooleanField(_("counts working days only"), default=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_phone = models.CharField(_("phone"), max_length=20, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("service level")
        verbose_name_plural = _("service levels")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind"], name="crosssector_level_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.hours}"


class HandoffQuerySet(models.QuerySet["Handoff"]):
    def visible_to(self, user: User) -> Self:
        """A partner sees what was sent to their units, the others what belongs to their cases."""
        if Role.PARTNER in user.roles:
            return self.inbox_of(user)
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def inbox_of(self, user: User) -> Self:
        handoffs = self.filter(to_unit__in=user.unit_ids_for(Act.HANDOFF_ANSWER))
        if user.blocked_citizen_ids:
            handoffs = handoffs.exclude(case__citizen__in=user.blocked_citizen_ids)
        return handoffs

    def open(self) -> Self:
        return self.filter(status__in=[HandoffStatus.ASKED, HandoffStatus.QUESTION])


class Handoff(Versioned):
    """Asked of `to_unit`, due, and answered. Shares with the partner what it holds, no more.

    The clock stands from `asked_back_at` while the status is "question". What was asked and
    replied stands in `messages`. `due_at` and how its time is counted were agreed when it was
    asked: a later agreement changes neither.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handoffs")
    kind = models.CharField(_("kind"), max_length=16, choices=HandoffKind)
    to_unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="handoffs")
    from_unit = models.ForeignKey("access.Unit", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(
        "housing.Offer", on_delete=models.PROTECT, null=True, blank=True, related_name="handoffs"
    )
    amount_dkk = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)]
    )
    rent_dkk = models.DecimalField(
        _("rent per month"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    income_dkk = models.DecimalField(
        _("income"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    text = models.TextField(_("what it is about"), max_length=2_000, blank=True)
    legal_basis = models.CharField(_("basis for sharing"), max_length=200)
    status = models.CharField(
        _("status"), max_length=10, choices=HandoffStatus, default=HandoffStatus.ASKED
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(_("answer due"))
    working_days_only = models.BooleanField(_("counts working days only"), default=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    asked_back_at = models.DateTimeField(_("question asked"), null=True, blank=True)
    granted_dkk = models.DecimalField(
        _("granted amount"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    answer_text = models.TextField(_("remark, terms or reasons"), max_length=2_000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    objects = HandoffQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("handoff")
        verbose_name_plural = _("handoffs")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "offer"],
                condition=Q(status__in=["asked", "question"]),
                name="crosssector_handoff_one_open",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="crosssector_handoff_refusal_has_reasons",
                condition=~Q(status=HandoffStatus.REFUSED) | ~Q(answer_text=""),
            ),
            models.CheckConstraint(
                name="crosssector_handoff_answer_has_time",
                condition=Q(status__in=["asked", "question", "withdrawn"])
                | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="crosssector_handoff_question_has_time",
                condition=~Q(status=HandoffStatus.QUESTION) | Q(asked_back_at__isnull=False),
            ),
            models.CheckConstraint(
                name="crosssector_handoff_amounts_not_negative",
                condition=Q(amount_dkk__gte=0)
                & (Q(granted_dkk__isnull=True) | Q(granted_dkk__gte=0)),
            ),
            models.CheckConstraint(
                name="crosssector_handoff_grant_has_amount",
                condition=~Q(status=HandoffStatus.GRANTED) | Q(granted_dkk__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_unit", "due_at"],
                condition=Q(status__in=["asked", "question"]),
                name="crosssector_handoff_inbox",
            ),
            models.Index(fields=["case", "-asked_at"], name="crosssector_handoff_of_case"),
            models.Index(
                fields=["to_unit", "-answered_at", "-id"],
                condition=Q(answered_at__isnull=False),
                name="crosssector_handoff_answered",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class HandoffMessage(Record):
    """A line written under a handoff, by either side."""

    handoff = models.ForeignKey(Handoff, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("text"), max_length=2_000)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return str(self.reference)
