"""The decision on support."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cases.models import Case
from housingfirst.base.db import Versioned
from support.methods.enums import Method, SupportSection, WishAnswer

if TYPE_CHECKING:
    from housingfirst.access.models import User


class SupportDecisionQuerySet(models.QuerySet["SupportDecision"]):
    def visible_to(self, user: User) -> Self:
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))


class SupportDecision(Versioned):
    """A visitation: which support, by which method, decided when, and whose wish it follows.

    A place under § 107 is decided as support is, and its cost is that of the stay and the support
    at the place.

    The support is given in [starts_on, ends_on): `ends_on` is the day after the last, and None
    where no end is decided.

    `decided_on` decides the reimbursement: only a decision before the discharge from § 110 counts
    (SEL § 176 a, stk. 1).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="support_decisions")
    section = models.CharField(_("paragraph"), max_length=4, choices=SupportSection)
    method = models.CharField(_("method"), max_length=8, choices=Method)
    decided_on = models.DateField(_("decided"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    monthly_cost_dkk = models.DecimalField(
        _("cost per month"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    provider_wish = models.CharField(_("wish for who gives it"), max_length=200, blank=True)
    wish_answer = models.CharField(
        _("the wish"), max_length=12, choices=WishAnswer, default=WishAnswer.NONE
    )
    wish_reasons = models.TextField(_("why the wish is not followed"), max_length=2_000, blank=True)
    reasons = models.TextField(_("reasons for the decision"), max_length=5_000)
    decided_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True, null=True, editable=False)

    objects = SupportDecisionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("support decision")
        verbose_name_plural = _("support decisions")
        constraints = [
            models.CheckConstraint(
                name="support_decision_wish_not_followed_has_reasons",
                condition=~Q(wish_answer=WishAnswer.NOT_FOLLOWED) | ~Q(wish_reasons=""),
            ),
            models.CheckConstraint(
                name="support_decision_wish_is_answered",
                condition=Q(provider_wish="", wish_answer=WishAnswer.NONE)
                | (~Q(provider_wish="") & ~Q(wish_answer=WishAnswer.NONE)),
            ),
            models.CheckConstraint(
                name="support_decision_has_reasons",
                condition=~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="support_decision_cost_not_negative",
                condition=Q(monthly_cost_dkk__isnull=True) | Q(monthly_cost_dkk__gte=0),
            ),
            models.CheckConstraint(
                name="support_decision_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="support_decision_method_fits_paragraph",
                condition=Q(section=SupportSection.S85, method=Method.GENERAL)
                | Q(section=SupportSection.S107, method=Method.FACILITY)
                | (
                    Q(section=SupportSection.S85A)
                    & ~Q(method__in=[Method.GENERAL, Method.FACILITY])
                ),
            ),
        ]
        indexes = [models.Index(fields=["case", "-decided_on"], name="support_decision_of_case")]

    def __str__(self) -> str:
        return str(self.reference)

    @property
    def last_on(self) -> date | None:
        """The last day of the support; None where no end is decided."""
        return None if self.ends_on is None else self.ends_on - timedelta(days=1)
