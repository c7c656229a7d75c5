"""Reads of the claims' pages: what the reader sees, and sums of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from django.db.models import Count, Model, Q, QuerySet, Sum

from cases.models import Case
from crosssector.reimbursement.enums import ClaimSection, ClaimState, LineKind, Severity
from crosssector.reimbursement.models import Claim, ClaimFinding, ClaimLine, InvoiceLine
from crosssector.reimbursement.rules import Quarter, last_quarters, quarter_of
from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality, User

PAGE_SIZE: Final = 50
LISTED: Final = 12
"""Claims on the list: three years of quarters."""
OFFERED: Final = 8
"""Quarters that the list offers to draft: two years."""
NOT_REFUNDED: Final = Q(kind=LineKind.REGULAR, is_refundable=False)
ZERO: Final = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Sums:
    """What some lines come to. `days` of adjustments may be below 0."""

    lines: int = 0
    people: int = 0
    days: int = 0
    net_cost_dkk: Decimal = ZERO
    amount_dkk: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class SectionSums:
    """A part of a claim: what is refunded, what the municipality pays in full, adjustments."""

    section: ClaimSection
    refunded: Sums
    unrefunded: Sums
    adjusted: Sums

    @property
    def amount_dkk(self) -> Decimal:
        return self.refunded.amount_dkk + self.adjusted.amount_dkk


@dataclass(frozen=True, slots=True)
class Listed:
    """A quarter on the list; `claim` None where none has been drafted."""

    quarter: Quarter
    municipality: Municipality
    claim: Claim | None
    amount_dkk: Decimal = ZERO
    adjusted_dkk: Decimal = ZERO
    blocks: int = 0


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class RowPage(Generic[Row]):
    """A page; `previous` and `next` are the keys that its neighbours end before and begin after."""

    rows: Sequence[Row]
    previous: int | None = None
    next: int | None = None


def municipalities_of(user: User) -> list[Municipality]:
    """Those whose claims the user sees."""
    units = user.units_for(Act.CLAIM_VIEW)
    return list({unit.municipality_id: unit.municipality for unit in units}.values())


def listed(user: User, today: date) -> list[Listed]:
    """The newest claims, and the quarters that have none though they could: this and the last."""
    claims = list(
        Claim.objects.visible_to(user)
        .select_related("municipality", "drafted_by", "checked_by", "approved_by")
        .annotate(
            blocks=Count("findings", filter=Q(findings__severity=Severity.BLOCK), distinct=True)
        )
        .order_by("-quarter_starts_on", "municipality")[:LISTED]
    )
    sums = {
        row["claim"]: row
        for row in ClaimLine.objects.filter(claim__in=claims)
        .values("claim")
        .annotate(
            amount=Sum("amount_dkk", default=ZERO),
            adjusted=Sum("amount_dkk", filter=Q(kind=LineKind.ADJUSTMENT), default=ZERO),
        )
    }
    rows = [
        Listed(
            claim.quarter,
            claim.municipality,
            claim,
            sums[claim.pk]["amount"] if claim.pk in sums else ZERO,
            sums[claim.pk]["adjusted"] if claim.pk in sums else ZERO,
            vars(claim)["blocks"],
        )
        for claim in claims
    ]
    known = {(claim.municipality_id, claim.quarter) for claim in claims}
    now = quarter_of(today)
    rows += [
        Listed(quarter, place, None)
        for place in municipalities_of(user)
        for quarter in (now, now.before())
        if (place.pk, quarter) not in known
    ]
    return sorted(rows, key=lambda row: (row.quarter, row.municipality.name), reverse=True)


def undrafted(user: User, today: date) -> list[Quarter]:
    """Of the last eight quarters those that a municipality of the user's has no claim for."""
    places = {unit.municipality_id for unit in user.units_for(Act.CLAIM_DRAFT)}
    quarters = last_quarters(today, OFFERED)
    drafted = Claim.objects.filter(
        municipality__in=places, quarter_starts_on__gte=quarters[-1].starts_on
    )
    known = Counter(drafted.values_list("quarter_starts_on", flat=True))
    return [quarter for quarter in quarters if known[quarter.starts_on] < len(places)]


def waiting_count(user: User) -> int:
    """How many claims the user can approve: sent, and neither drafted nor sent by the user."""
    places = {unit.municipality_id for unit in user.units_for(Act.CLAIM_APPROVE)}
    waiting = Claim.objects.filter(state=ClaimState.CHECKED, municipality__in=places)
    return waiting.exclude(drafted_by=user).exclude(checked_by=user).count()


def sections_of(claim: Claim) -> list[SectionSums]:
    """The parts that have lines, § 110 always among them."""
    empty = {section: _no_sums(section) for section in ClaimSection}
    for row in (
        ClaimLine.objects.filter(claim=claim)
        .values("section", "kind", "is_refundable")
        .annotate(
            lines=Count("pk"),
            people=Count("facts", distinct=True),
            of_days=Sum("days"),
            net=Sum("net_cost_dkk"),
            amount=Sum("amount_dkk"),
        )
        .order_by()
    ):
        section = ClaimSection(row["section"])
        sums = Sums(row["lines"], row["people"], row["of_days"], row["net"], row["amount"])
        if row["kind"] == LineKind.ADJUSTMENT:
            known = empty[section].adjusted
            empty[section] = replace(empty[section], adjusted=_added(known, sums))
        elif row["is_refundable"]:
            empty[section] = replace(empty[section], refunded=sums)
        else:
            empty[section] = replace(empty[section], unrefunded=sums)
    return [
        sums
        for sums in empty.values()
        if sums.section is ClaimSection.S110 or sums != _no_sums(sums.section)
    ]


def lines_of(claim: Claim, user: User) -> QuerySet[ClaimLine]:
    """The lines on cases the user sees, with what telling them asks for."""
    return (
        ClaimLine.objects.visible_to(user)
        .filter(claim=claim)
        .select_related("case__citizen", "stay__shelter", "adjusts", "facts", "decision")
    )


def hidden_of(claim: Claim, user: User) -> Sums:
    """What the lines come to that are about citizens the user does not see."""
    seen = ClaimLine.objects.visible_to(user).filter(claim=claim)
    rest = ClaimLine.objects.filter(claim=claim).exclude(pk__in=seen.values("pk"))
    row = rest.aggregate(lines=Count("pk"), amount=Sum("amount_dkk", default=ZERO))
    return Sums(lines=row["lines"], amount_dkk=row["amount"])


def page_of(
    rows: QuerySet[ClaimLine], *, after: int | None, before: int | None
) -> RowPage[ClaimLine]:
    """A page of lines in the claim's own order."""
    return _page(rows, "position", after, before)


def finding_page(
    rows: QuerySet[ClaimFinding], *, after: int | None, before: int | None
) -> RowPage[ClaimFinding]:
    """A page of findings, as they were found: what must be mended first."""
    return _page(rows, "pk", after, before)


def invoice_page(
    rows: QuerySet[InvoiceLine], *, after: int | None, before: int | None
) -> RowPage[InvoiceLine]:
    """A page of an invoice's lines in its own order."""
    return _page(rows, "position", after, before)


def _page(rows: QuerySet[Row], key: str, after: int | None, before: int | None) -> RowPage[Row]:
    if before is not None:
        earlier = rows.filter(**{f"{key}__lt": before}).order_by(f"-{key}")
        found = list(earlier[: PAGE_SIZE + 1])[::-1]
        has_previous, has_next = len(found) > PAGE_SIZE, True
        found = found[-PAGE_SIZE:]
    else:
        start = rows if after is None else rows.filter(**{f"{key}__gt": after})
        found = list(start.order_by(key)[: PAGE_SIZE + 1])
        has_previous, has_next = after is not None, len(found) > PAGE_SIZE
        found = found[:PAGE_SIZE]
    if not found:
        return RowPage(())
    return RowPage(
        found,
        getattr(found[0], key) if has_previous else None,
        getattr(found[-1], key) if has_next else None,
    )


def finding_counts(claim: Claim) -> list[tuple[str, str, int]]:
    """Severity, kind and how many: what must be mended first."""
    rows = (
        ClaimFinding.objects.filter(claim=claim)
        .values_list("severity", "kind")
        .annotate(n=Count("pk"))
        .order_by("severity", "-n", "kind")
    )
    return list(rows)


def findings_of(claim: Claim, user: User, kind: str = "") -> QuerySet[ClaimFinding]:
    """The findings about cases the user sees."""
    cases = Case.objects.visible_to(user)
    rows = ClaimFinding.objects.filter(claim=claim, case__in=cases)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("case__citizen", "stay__shelter")


def claims_of_case(case: Case, *, most: int = 6) -> list[dict[str, Any]]:
    """The newest claims that this case has lines in, with what they come to."""
    rows: QuerySet[Any, Any] = (
        ClaimLine.objects.filter(case=case)
        .values(
            "claim__reference",
            "claim__quarter_starts_on",
            "claim__state",
            "claim__locked_at",
            "claim__counted_through",
            "claim__approved_by__name",
        )
        .annotate(
            refunded_days=Sum("days", filter=Q(is_refundable=True) | Q(kind="adjustment")),
            amount=Sum("amount_dkk"),
            adjusted=Sum("amount_dkk", filter=Q(kind=LineKind.ADJUSTMENT)),
            held=Count("pk", filter=Q(is_held=True)),
        )
        .order_by("-claim__quarter_starts_on")[:most]
    )
    return list(rows)


def citizens_in(rows: Collection[ClaimLine]) -> list[int]:
    return [row.case.citizen_id for row in rows]


def _no_sums(section: ClaimSection) -> SectionSums:
    return SectionSums(section, Sums(), Sums(), Sums())


def _added(one: Sums, other: Sums) -> Sums:
    return Sums(
        one.lines + other.lines,
        max(one.people, other.people),
        one.days + other.days,
        one.net_cost_dkk + other.net_cost_dkk,
        one.amount_dkk + other.amount_dkk,
    )
