"""Writes: a claim is drafted, checked, and approved by a second person, which locks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from crosssector.reimbursement.drafting import Drafted, draft
from crosssector.reimbursement.enums import ClaimState, ClaimStep
from crosssector.reimbursement.errors import (
    ClaimHasBlocks,
    ClaimIsLocked,
    FactsHaveMoved,
    OwnClaim,
    QuarterNotBegun,
    QuarterNotOver,
)
from crosssector.reimbursement.events import (
    CLAIM_CHECKED,
    CLAIM_DRAFTED,
    CLAIM_LOCKED,
    CLAIM_RETURNED,
)
from crosssector.reimbursement.kept_law import settings_stored
from crosssector.reimbursement.models import Claim, ClaimFacts, ClaimFinding, ClaimLine
from crosssector.reimbursement.rules import Quarter, next_state
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import Municipality, User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.base.errors import DomainError, NotPermitted
from housingfirst.events.services import record
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import words

BATCH: Final = 1_000
_REFUSALS: Final[dict[str, type[DomainError]]] = {
    "crosssector_claim_by_two_people": OwnClaim,
    "crosssector_claim_is_locked": ClaimIsLocked,
}


@transaction.atomic
def claim_draft(
    *, municipality: Municipality, quarter: Quarter, actor: User | None, today: date
) -> Claim:
    """Compute the quarter's claim, or compute it anew; a claim waiting for approval is a draft
    again.

    Counts through `today` while the quarter runs. Raises QuarterNotBegun, ClaimIsLocked.
    """
    _require(actor, municipality.pk, Act.CLAIM_DRAFT)
    if quarter.starts_on > today:
        raise QuarterNotBegun
    _one_at_a_time(municipality.pk)
    claim = Claim.objects.filter(
        municipality=municipality, quarter_starts_on=quarter.starts_on
    ).first() or Claim(municipality=municipality, quarter_starts_on=quarter.starts_on)
    claim.state = next_state(ClaimState(claim.state), ClaimStep.DRAFT)
    claim.counted_through = min(today, quarter.last_on)
    claim.settings = settings_stored(choices_of(municipality.pk))
    drafted = _computed(claim)
    claim.digest = drafted.digest()
    claim.drafted_by, claim.drafted_at = actor, timezone.now()
    claim.checked_by = claim.checked_at = None
    save_as(actor, claim)
    _write(claim, drafted)
    _log(actor, claim, drafted.facts, "claim_draft")
    record(CLAIM_DRAFTED, actor=actor, subject=claim.reference, quarter=claim.quarter.key)
    return claim


@transaction.atomic
def claim_check(*, claim: Claim, actor: User, today: date, version: int | None = None) -> None:
    """Send a draft for approval. Raises QuarterNotOver, FactsHaveMoved, ClaimHasBlocks, and what
    the step itself refuses."""
    _require(actor, claim.municipality_id, Act.CLAIM_DRAFT)
    claim = _held(claim)
    state = next_state(ClaimState(claim.state), ClaimStep.CHECK)
    if today < claim.quarter.ends_on:
        raise QuarterNotOver(day=words.day_as_typed(claim.quarter.ends_on))
    _require_fresh(claim)
    claim.state, claim.checked_by, claim.checked_at = state, actor, timezone.now()
    save_as(actor, claim, version=version)
    _log(actor, claim, (), "claim_check")
    record(CLAIM_CHECKED, actor=actor, subject=claim.reference, quarter=claim.quarter.key)


@transaction.atomic
def claim_return(*, claim: Claim, actor: User, reason: str) -> None:
    """Send a claim that waits for approval back to a draft, and say why."""
    _require(actor, claim.municipality_id, Act.CLAIM_APPROVE)
    claim = _held(claim)
    claim.state = next_state(ClaimState(claim.state), ClaimStep.RETURN)
    claim.checked_by = claim.checked_at = None
    save_as(actor, claim, reason=reason[:100])
    _log(actor, claim, (), "claim_return")
    record(
        CLAIM_RETURNED,
        actor=actor,
        subject=claim.reference,
        quarter=claim.quarter.key,
        reason=reason,
    )


@transaction.atomic
def claim_approve(*, claim: Claim, actor: User, version: int | None = None) -> None:
    """Approve a claim that somebody else drafted and sent; it is locked for good.

    Raises OwnClaim, FactsHaveMoved, ClaimHasBlocks, StaleVersion, and what the step refuses.
    """
    _require(actor, claim.municipality_id, Act.CLAIM_APPROVE)
    claim = _held(claim)
    state = next_state(ClaimState(claim.state), ClaimStep.APPROVE)
    if actor.pk in (claim.drafted_by_id, claim.checked_by_id):
        raise OwnClaim
    _require_fresh(claim)
    claim.state, claim.approved_by, claim.locked_at = state, actor, timezone.now()
    with constraint_as(_REFUSALS):
        save_as(actor, claim, version=version)
    _log(actor, claim, (), "claim_approve")
    record(CLAIM_LOCKED, actor=actor, subject=claim.reference, quarter=claim.quarter.key)


def _require_fresh(claim: Claim) -> None:
    """The claim asks for what the facts give now, and nothing in it must be mended."""
    drafted = _computed(claim)
    if drafted.digest() != claim.digest or not claim.is_whole:
        raise FactsHaveMoved
    if drafted.blocks:
        raise ClaimHasBlocks(count=drafted.blocks)


def _computed(claim: Claim) -> Drafted:
    return draft(
        municipality_id=claim.municipality_id,
        quarter=claim.quarter,
        through_on=claim.counted_through,
        settings=claim.settings,
    )


def _write(claim: Claim, drafted: Drafted) -> None:
    """The rows of a draft in place of those it had."""
    ClaimFinding.objects.filter(claim=claim).delete()
    ClaimLine.objects.filter(claim=claim).delete()
    ClaimFacts.objects.filter(claim=claim).delete()
    facts = ClaimFacts.objects.bulk_create(
        [
            ClaimFacts(claim=claim, citizen_id=citizen_id, facts=one)
            for citizen_id, one in drafted.facts.items()
        ],
        batch_size=BATCH,
    )
    of_citizen = {one.citizen_id: one for one in facts}
    for citizen_id, line in drafted.lines:
        line.claim, line.facts = claim, of_citizen[citizen_id]
    ClaimLine.objects.bulk_create([line for _citizen, line in drafted.lines], batch_size=BATCH)
    for finding in drafted.findings:
        finding.claim = claim
    ClaimFinding.objects.bulk_create(drafted.findings, batch_size=BATCH)


def _held(claim: Claim) -> Claim:
    """The claim as it is now, while no other claim of the municipality changes."""
    _one_at_a_time(claim.municipality_id)
    return Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)


def _one_at_a_time(municipality_id: int) -> None:
    """Claims of a municipality wait for each other: each adjusts those that are locked."""
    held = Municipality.objects.select_for_update(of=("self",), no_key=True)
    list(held.filter(pk=municipality_id).values_list("pk"))


def _require(actor: User | None, municipality_id: int, act: Act) -> None:
    if actor is not None and municipality_id not in {
        unit.municipality_id for unit in actor.units_for(act)
    }:
        raise NotPermitted


def _log(actor: User | None, claim: Claim, citizen_ids: Iterable[int], what: str) -> None:
    log(actor, LogAction.CHANGED, citizen_ids, what=what, detail=claim.quarter.key)
