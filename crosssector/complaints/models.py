"""A complaint about one of the decisions that the system records (RSL §§ 60, 66 and 67)."""

from __future__ import annotations

from enum import StrEnum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from crosssector.applications.models import Application
from crosssector.complaints.enums import BoardAnswer, Complainant, Reassessment
from crosssector.handoffs.models import Handoff
from housing.evictions.models import RentArrears
from housingfirst.base.db import Versioned
from support.methods.models import SupportDecision

if TYPE_CHECKING:
    from housingfirst.access.models import User

TEXT_LENGTH: Final = 5_000
DECISIONS: Final = ("support_decision", "arrears", "handoff", "application")
"""The fields of which one names the decision."""

TO_REASSESS: Final = Q(
    withdrawn_on__isnull=True, reassessed_on__isnull=True, forwarded_on__isnull=True
)
TO_FORWARD: Final = Q(
    withdrawn_on__isnull=True,
    forwarded_on__isnull=True,
    outcome__in=[Reassessment.UPHELD, Reassessment.PARTLY],
)
AT_BOARD: Final = Q(withdrawn_on__isnull=True, forwarded_on__isnull=False, answered_on__isnull=True)


class Stage(StrEnum):
    """What is to be done next."""

    REASSESS = "reassess"
    FORWARD = "forward"
    AT_BOARD = "at_board"
    OVER = "over"


def _one_of(names: tuple[str, ...]) -> Q:
    """One of these is named, and no other."""
    return reduce(
        or_, (Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    )


class OfDecision(models.Model):
    """What belongs to one decision, which one of DECISIONS names."""

    support_decision = models.ForeignKey(
        SupportDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arrears = models.ForeignKey(
        RentArrears, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handoff = models.ForeignKey(
        Handoff, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def decision_reference(self) -> UUID:
        """Of the decision. Asks for its row."""
        decision = self.support_decision or self.arrears or self.handoff or self.application
        assert decision is not None  # one of them is named
        return decision.reference


class DecisionTold(OfDecision, Versioned):
    """The day the citizen was told of a decision, where that was not the day it was made."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField(_("told of the decision"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("day a decision was told")
        verbose_name_plural = _("days decisions were told")
        constraints = [
            models.CheckConstraint(
                name="crosssector_told_of_one_decision", condition=_one_of(DECISIONS)
            ),
            models.UniqueConstraint(
                fields=DECISIONS, nulls_distinct=False, name="crosssector_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told_on}"


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def ours(self) -> Self:
        """Those with which the municipality has something to do."""
        return self.filter(TO_REASSESS | TO_FORWARD)

    def open(self) -> Self:
        return self.filter(TO_REASSESS | TO_FORWARD | AT_BOARD)


class Complaint(OfDecision, Versioned):
    """About the decision that one of DECISIONS names; `title` is what it was called then.

    `told_on` is the day the citizen was told of the decision, from which the weeks run.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    title = models.CharField(_("the decision"), max_length=200)
    told_on = models.DateField(_("told of the decision"))
    received_on = models.DateField(_("complaint received"))
    complainant = models.CharField(_("who complains"), max_length=16, choices=Complainant)
    complainant_name = models.CharField(_("name"), max_length=120, blank=True)
    about = models.TextField(_("what the complaint is about"), max_length=TEXT_LENGTH)

    reassessed_on = models.DateField(_("looked at again"), null=True, blank=True)
    outcome = models.CharField(_("found"), max_length=8, choices=Reassessment, blank=True)
    reasons = models.TextField(_("reasons"), max_length=TEXT_LENGTH, blank=True)
    reassessed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    forwarded_on = models.DateField(_("sent on to Ankestyrelsen"), null=True, blank=True)
    answered_on = models.DateField(_("Ankestyrelsen's answer"), null=True, blank=True)
    board_answer = models.CharField(
        _("Ankestyrelsen found"), max_length=10, choices=BoardAnswer, blank=True
    )
    board_text = models.TextField(_("what follows"), max_length=TEXT_LENGTH, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = ComplaintQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(
                name="crosssector_complaint_of_one_decision",
                condition=_one_of(DECISIONS),
            ),
            models.UniqueConstraint(
                fields=DECISIONS,
                condition=Q(withdrawn_on__isnull=True),
                nulls_distinct=False,
                name="crosssector_complaint_once",
            ),
            models.CheckConstraint(
                name="crosssector_complaint_after_decision",
                condition=Q(received_on__gte=F("told_on")),
            ),
            models.CheckConstraint(name="crosssector_complaint_says_what", condition=~Q(about="")),
            models.CheckConstraint(
                name="crosssector_complaint_reassessed_with_reasons",
                condition=Q(reassessed_on__isnull=True, outcome="")
                | (
                    Q(reassessed_on__isnull=False, reassessed_by__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(reasons="")
                ),
            ),
            models.CheckConstraint(
                name="crosssector_complaint_steps_in_order",
                condition=(Q(reassessed_on__isnull=True) | Q(reassessed_on__gte=F("received_on")))
                & (Q(forwarded_on__isnull=True) | Q(forwarded_on__gte=F("received_on")))
                & (Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("received_on")))
                & (
                    Q(answered_on__isnull=True, board_answer="")
                    | (Q(answered_on__gte=F("forwarded_on")) & ~Q(board_answer=""))
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-received_on"], name="crosssector_complaint_of_case"),
        ]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def stage(self) -> Stage:
        if self.withdrawn_on is not None or self.answered_on is not None:
            return Stage.OVER
        if self.forwarded_on is not None:
            return Stage.AT_BOARD
        if self.reassessed_on is None:
            return Stage.REASSESS
        return Stage.OVER if self.outcome == Reassessment.CHANGED else Stage.FORWARD
