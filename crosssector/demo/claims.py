"""Last quarter's claim, locked; this quarter's draft, with an adjustment to it; and an invoice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import F, Q

from crosssector.demo.rows import at
from crosssector.demo.town import Town
from crosssector.reimbursement import services
from crosssector.reimbursement.enums import ClaimState, Severity
from crosssector.reimbursement.invoice_file import InvoiceImporter
from crosssector.reimbursement.models import Claim, ClaimHold, ClaimLine
from crosssector.reimbursement.rules import Quarter, quarter_of
from housing.models import Shelter, Stay
from housingfirst.access.models import User
from housingfirst.imports.columns import ReadLine
from support.models import SupportDecision

DAY: Final = timedelta(days=1)
CORRECTED: Final = timedelta(days=3)
"""How much too late a discharge was registered, as it turned out after the lock."""
UNKNOWN: Final = "Frank Ukendt"


def claims(town: Town, today: date) -> None:
    """A claim locked by two people, what was corrected since, and the draft that adjusts it."""
    last, now = quarter_of(today).before(), quarter_of(today)
    drafter, approver = town.people["team_lead"][:2]
    claim = _drafted(town, last, drafter, today)
    if claim.findings.filter(severity=Severity.BLOCK).exists():
        _mend(claim, drafter)
        claim = _drafted(town, last, drafter, today)
    _lock(claim, drafter, approver, today)
    invoice(town, last, drafter)
    _correct(claim)
    _drafted(town, now, drafter, today)


def invoice(town: Town, quarter: Quarter, actor: User) -> None:
    """The first shelter's for the quarter: two residents invoiced on their day of discharge, one
    for a week after it, one at last year's rate, and one whom nobody knows."""
    shelter = town.shelters[0]
    stays = list(
        Stay.objects.filter(
            Q(discharged_on__isnull=True) | Q(discharged_on__gt=quarter.starts_on),
            shelter=shelter,
            case__municipality=town.municipality,
            admitted_on__lt=quarter.ends_on,
        )
        .select_related("citizen")
        .order_by("admitted_on", "pk")
    )
    for number, stay in enumerate(stays, 1):
        stay.external_id = f"{quarter.starts_on.year}-{number:04d}"
    Stay.objects.bulk_update(stays, ["external_id"])
    rate = shelter.rates.filter(valid_from__lte=quarter.starts_on).order_by("-valid_from")[0]
    importer = InvoiceImporter(
        {
            "shelter": str(shelter.reference),
            "number": f"{quarter.key}-117",
            "first_on": quarter.starts_on.isoformat(),
            "last_on": quarter.last_on.isoformat(),
            "municipality": str(town.municipality.pk),
        }
    )
    lines = list(_lines(stays, quarter, shelter, rate.daily_rate_dkk))
    unit = town.units["team"]
    importer.apply(importer.plan(lines, unit, actor), unit, actor, lambda _done: None)


def _lines(
    stays: Iterable[Stay], quarter: Quarter, shelter: Shelter, rate: Decimal
) -> Iterable[ReadLine]:
    """The rows of the file, the errors planted among those who left early enough to be seen."""
    latest = quarter.ends_on - 8 * DAY
    too_many = [1, 1, 7]
    old_rate = True
    position = 1
    for stay in stays:
        first = max(stay.admitted_on, quarter.starts_on)
        end = min(stay.discharged_on or quarter.ends_on, quarter.ends_on)
        nights = max((end - first).days, 1)
        price = rate if stay.daily_rate_dkk >= rate else stay.daily_rate_dkk
        left = stay.discharged_on
        if left is not None and left < latest and too_many and _is_free(stay, left):
            nights += too_many.pop(0)
        elif old_rate and nights > 20 and stay.daily_rate_dkk == rate:
            price, old_rate = rate - 25, False
        position += 1
        yield _line(position, stay.citizen.name, stay.external_id, first, nights, price)
    yield _line(position + 1, UNKNOWN, "", quarter.starts_on, 4, rate)


def _is_free(stay: Stay, left: date) -> bool:
    """Whether the resident was not back within the days that are invoiced too many."""
    return not Stay.objects.filter(
        citizen=stay.citizen_id, admitted_on__range=(left, left + 8 * DAY)
    ).exists()


def _line(
    position: int, name: str, number: str, first: date, nights: int, rate: Decimal
) -> ReadLine:
    values = {
        "name": name,
        "cpr": None,
        "external_id": number or None,
        "starts_on": first,
        "to_on": first + nights * DAY,
        "nights": nights,
        "rate": rate,
        "amount": rate * nights,
    }
    return ReadLine(position, values, ())


def _drafted(town: Town, quarter: Quarter, actor: User, today: date) -> Claim:
    return services.claim_draft(
        municipality=town.municipality, quarter=quarter, actor=actor, today=today
    )


def _mend(claim: Claim, actor: User) -> None:
    """Keep out what must be mended, and price the support that has no price."""
    for finding in claim.findings.filter(severity=Severity.BLOCK):
        if finding.stay_id is not None:
            ClaimHold.objects.get_or_create(
                stay_id=finding.stay_id, defaults={"reason": "Afklares", "held_by": actor}
            )
    SupportDecision.objects.filter(
        case__in=claim.findings.filter(stay=None).values("case"), monthly_cost_dkk=None
    ).update(monthly_cost_dkk=Decimal("9500.00"))


def _lock(claim: Claim, drafter: User, approver: User, today: date) -> None:
    """As it was done some days into the new quarter."""
    day = min(claim.quarter.ends_on + 11 * DAY, today)
    Claim.objects.filter(pk=claim.pk).update(
        state=ClaimState.LOCKED,
        drafted_at=at(day - DAY if day > claim.quarter.ends_on else day, 9, 40),
        checked_by=drafter,
        checked_at=at(day, 10, 5),
        approved_by=approver,
        locked_at=at(day, 14, 20),
    )


def _correct(claim: Claim) -> None:
    """One discharge of the locked quarter turns out to have been three days earlier."""
    lines = (
        ClaimLine.objects.filter(
            claim=claim, is_refundable=True, stay__isnull=False, days__gt=2 * CORRECTED.days
        )
        .filter(stay__discharged_on=F("ends_on"), ends_on__lt=claim.quarter.ends_on)
        .select_related("stay")
        .order_by("-ends_on", "pk")
    )
    for line in lines[:1]:
        Stay.objects.filter(pk=line.stay.pk if line.stay else 0).update(
            discharged_on=line.ends_on - CORRECTED
        )
