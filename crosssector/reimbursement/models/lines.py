"""What a claim is made of: lines, the facts they were computed from, and what the check found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Citizen
from crosssector.reimbursement.enums import ClaimSection, FindingKind, LineKind, Severity
from crosssector.reimbursement.models.claims import Claim
from housing.models import Stay
from housingfirst.base.db import Record
from support.models import SupportDecision

if TYPE_CHECKING:
    from housingfirst.access.models import User


class ClaimFacts(models.Model):
    """One citizen's facts as a claim was computed from them: `crosssector.reimbursement.facts`."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="facts")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()

    class Meta:
        verbose_name = _("facts of a claim")
        verbose_name_plural = _("facts of claims")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "citizen"], name="crosssector_claimfacts_one_per_citizen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.citizen_id}"


class OfCaseQuerySet(models.QuerySet["ClaimLine"]):
    def visible_to(self, user: User) -> Self:
        """The lines on cases the user sees; what is left is a sum without names."""
        cases = Case.objects.visible_to(user).filter(pk=OuterRef("case_id"))
        return self.filter(Exists(cases))


class ClaimLine(Record):
    """Days [starts_on, ends_on) of a stay or a support decision that are alike in answer.

    A regular line has the days, prices and reason of the law's answer. An adjustment says what
    must be added to (or taken from) the locked claim `adjusts`: `days` and amounts are the
    difference, `was` and `now` what was claimed and what should have been, `why` which facts
    changed.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    section = models.CharField(_("part"), max_length=3, choices=ClaimSection)
    kind = models.CharField(_("kind"), max_length=10, choices=LineKind)
    facts = models.ForeignKey(ClaimFacts, on_delete=models.CASCADE, related_name="lines")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(
        SupportDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    days = models.IntegerField(_("days"))
    daily_rate_dkk = models.DecimalField(
        _("daily rate"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    resident_payment_dkk = models.DecimalField(
        _("resident's payment per day"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    monthly_cost_dkk = models.DecimalField(
        _("cost per month"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    refund_share = models.DecimalField(
        _("share refunded"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    net_cost_dkk = models.DecimalField(_("net cost"), max_digits=12, decimal_places=2)
    amount_dkk = models.DecimalField(_("reimbursement"), max_digits=12, decimal_places=2)
    is_refundable = models.BooleanField(_("reimbursed"))
    is_held = models.BooleanField(_("kept out of the claim"), default=False)
    reason = models.CharField(_("reason"), max_length=40)
    terms_version = models.CharField(_("version of the rule"), max_length=20)
    year_starts_on = models.DateField(_("running year from"), null=True, blank=True)
    day_number = models.PositiveIntegerField(_("number of the first day"), null=True, blank=True)
    adjusts = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="adjustments"
    )
    why = models.JSONField(default=list, blank=True)
    was = models.JSONField(null=True, blank=True)
    now = models.JSONField(null=True, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a claim")
        verbose_name_plural = _("lines of claims")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "position"], name="crosssector_claimline_in_order"
            ),
            models.CheckConstraint(
                name="crosssector_claimline_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="crosssector_claimline_adjusts_a_claim",
                condition=Q(kind=LineKind.REGULAR, adjusts__isnull=True)
                | (Q(kind=LineKind.ADJUSTMENT, adjusts__isnull=False) & ~Q(adjusts=F("claim"))),
            ),
            models.CheckConstraint(
                name="crosssector_claimline_asks_for_what_is_refundable",
                condition=Q(kind=LineKind.ADJUSTMENT)
                | Q(amount_dkk=0)
                | Q(amount_dkk__gt=0, is_refundable=True, is_held=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "claim"], name="crosssector_claimline_of_case"),
            models.Index(
                fields=["adjusts"],
                condition=Q(adjusts__isnull=False),
                name="crosssector_claimline_adjusts",
            ),
        ]

    def __str__(self) -> str:
        return str(self.reference)


class ClaimFinding(models.Model):
    """What the check found about a case's lines. `data` holds what its sentence names."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(_("kind"), max_length=20, choices=FindingKind)
    severity = models.CharField(_("severity"), max_length=5, choices=Severity)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(
        Stay, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("finding in a claim")
        verbose_name_plural = _("findings in claims")
        indexes = [
            models.Index(fields=["claim", "severity", "kind"], name="crosssector_finding_of_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class ClaimHold(Record):
    """A stay that is kept out of the municipality's claims until somebody lifts it.

    Its days are in the claim without an amount. Lifted after a claim is locked, they come as an
    adjustment in the next one.
    """

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="claim_holds")
    reason = models.CharField(_("why"), max_length=300)
    held_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("stay kept out of claims")
        verbose_name_plural = _("stays kept out of claims")
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(lifted_at__isnull=True),
                name="crosssector_hold_one_per_stay",
            ),
            models.CheckConstraint(
                name="crosssector_hold_lifted_by_somebody",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
            models.CheckConstraint(name="crosssector_hold_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return str(self.reference)
