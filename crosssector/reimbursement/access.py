"""The only way a request gets a claim."""

from __future__ import annotations

from uuid import UUID

from crosssector.reimbursement.models import Claim, Invoice
from housing.models import Stay
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.access.models import User


def claim_for(user: User, reference: UUID, act: Act = Act.CLAIM_VIEW) -> Claim:
    """A claim of a municipality in which the user has `act`. Raises Denied, a logged 404."""
    claim = (
        Claim.objects.visible_to(user, act)
        .filter(reference=reference)
        .select_related("municipality", "drafted_by", "checked_by", "approved_by")
        .first()
    )
    if claim is None:
        raise Denied("claim")
    return claim


def require_claims(user: User, act: Act = Act.CLAIM_VIEW) -> None:
    """The check of a page that is about no claim. Raises Denied."""
    if not user.may(act):
        raise Denied("claim_list")


def held_stay_for(user: User, reference: UUID) -> Stay:
    """A stay that the user may keep out of the claims: on a case they see, of a municipality they
    draft for. Raises Denied."""
    places = {unit.municipality_id for unit in user.units_for(Act.CLAIM_DRAFT)}
    found = Stay.objects.visible_to(user).filter(reference=reference)
    stay = (
        found.filter(case__municipality__in=places)
        .select_related("citizen", "case", "shelter")
        .first()
    )
    if stay is None:
        about = Stay.objects.filter(reference=reference).values_list("citizen_id", flat=True)
        raise Denied("claim_hold", tuple(about))
    return stay


def invoice_for(user: User, reference: UUID) -> Invoice:
    """An invoice to a municipality whose invoices the user checks. Raises Denied."""
    invoice = (
        Invoice.objects.visible_to(user)
        .filter(reference=reference)
        .select_related("municipality", "shelter__unit", "settled_by", "received_by")
        .first()
    )
    if invoice is None:
        raise Denied("invoice")
    return invoice
