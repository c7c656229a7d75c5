"""Applications of citizens, and what they were told about when the answer comes (RSL § 3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import Case as SqlCase
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from crosssector.applications.enums import SECTIONS, Answer, ApplicationKind
from crosssector.handoffs.models import Handoff
from housingfirst.base.db import Record, Versioned
from support.methods.models import SupportDecision

if TYPE_CHECKING:
    from housingfirst.access.models import User

TEXT_LENGTH: Final = 2_000


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))

    def with_decision(self) -> Self:
        """Annotates `decided_on`: answered, or the first decision on the support asked for."""
        section = SqlCase(
            *(When(kind=kind, then=Value(section)) for kind, section in SECTIONS.items()),
            default=Value(""),
        )
        decisions = SupportDecision.objects.filter(
            case=OuterRef("case"),
            section=OuterRef("section_asked"),
            decided_on__gte=OuterRef("received_on"),
        )
        first = Subquery(decisions.order_by("decided_on").values("decided_on")[:1])
        return self.annotate(section_asked=section).annotate(
            decided_on=Coalesce(F("answered_on"), first)
        )

    def open(self) -> Self:
        return self.with_decision().filter(withdrawn_on__isnull=True, decided_on__isnull=True)


class Application(Versioned):
    """What a citizen has applied for. `text` says what about; `reasons` belong to the answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(_("applied for"), max_length=20, choices=ApplicationKind)
    received_on = models.DateField(_("application received"))
    text = models.TextField(_("what about"), max_length=TEXT_LENGTH, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, blank=True)
    reasons = models.TextField(_("reasons"), max_length=5_000, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(
                name="crosssector_application_answered_after",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="crosssector_application_answer_has_day",
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="crosssector_application_refusal_has_reasons",
                condition=~Q(answer__in=[Answer.REFUSED, Answer.PARTLY]) | ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="crosssector_application_one_end",
                condition=Q(answered_on__isnull=True) | Q(withdrawn_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-received_on"], name="crosssector_application_case"),
            models.Index(
                fields=["case"],
                condition=Q(answered_on__isnull=True, withdrawn_on__isnull=True),
                name="crosssector_application_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class ExpectedAnswer(Record):
    """On `told_on` the citizen was told in writing to expect the answer on `expected_on`.

    About an application, or a deposit loan that was asked for as a handoff; the newest counts.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="expected"
    )
    handoff = models.ForeignKey(
        Handoff, on_delete=models.PROTECT, null=True, blank=True, related_name="expected"
    )
    told_on = models.DateField(_("told in writing"))
    expected_on = models.DateField(_("answer expected"))
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("expected answer")
        verbose_name_plural = _("expected answers")
        constraints = [
            models.CheckConstraint(
                name="crosssector_expected_of_one",
                condition=Q(application__isnull=False, handoff__isnull=True)
                | Q(application__isnull=True, handoff__isnull=False),
            ),
            models.CheckConstraint(
                name="crosssector_expected_after_told",
                condition=Q(expected_on__gte=F("told_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told_on} {self.expected_on}"


def newest_expected(of: str) -> Subquery:
    """The day the citizen was last told, of a row of `of`: "application" or "handoff"."""
    told: QuerySet[ExpectedAnswer] = ExpectedAnswer.objects.filter(**{of: OuterRef("pk")})
    return Subquery(told.order_by("-pk").values("expected_on")[:1])


def decided_on_of(row: Application) -> date | None:
    """Of a row of `with_decision`."""
    found: date | None = vars(row)["decided_on"]
    return found
