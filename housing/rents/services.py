"""Writes: a reduction of the rent with its schedule, and that a rise was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction

from cases.access import require_on
from housing.rents.errors import HasReduction, LeaseHasEnded
from housing.rents.events import RENT_REDUCED, RENT_REVIEWED
from housing.rents.models import RentReduction, RentReview
from housing.tenancies.models import Tenancy
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.base.db import constraint_as, save_as
from housingfirst.events.services import record
from housingfirst.law.rent import WARNING_MONTHS, RentSettings, rent_schedule
from housingfirst.lawbook.selectors import choices_of


@transaction.atomic
def reduction_register(
    *,
    tenancy: Tenancy,
    starts_on: date,
    full_rent_dkk: Decimal,
    actor: User,
    version: int | None = None,
) -> RentReduction:
    """The lease's rent is reduced from `starts_on`; again with a `version`, it puts that right.

    Raises HasReduction, LeaseHasEnded, StaleVersion.
    """
    require_on(actor, tenancy.case, Act.TENANCY_WRITE, also_closed=True)
    if tenancy.ends_on is not None:
        raise LeaseHasEnded
    reduction = RentReduction.objects.filter(tenancy=tenancy).first()
    if reduction is not None and version is None:
        raise HasReduction
    reduction = reduction or RentReduction(tenancy=tenancy)
    is_new = reduction._state.adding
    reduction.starts_on, reduction.full_rent_dkk = starts_on, full_rent_dkk
    with constraint_as({"housing_rentreduction_tenancy_id_key": HasReduction}):
        save_as(actor, reduction, version=None if is_new else version)
    reviews_write([reduction], choices_of(tenancy.case.municipality_id).rent)
    log(actor, LogAction.CHANGED, [tenancy.case.citizen_id], what="rent")
    record(
        RENT_REDUCED,
        actor=actor,
        case=tenancy.case,
        subject=reduction.reference,
        starts_on=starts_on,
    )
    return reduction


@transaction.atomic
def review_done(*, review: RentReview, done_on: date, actor: User) -> None:
    """The economy was looked at with the tenant. A second press changes nothing."""
    case = review.reduction.tenancy.case
    require_on(actor, case, Act.TENANCY_WRITE, also_closed=True)
    done = RentReview.objects.filter(pk=review.pk, done_on__isnull=True)
    if not done.update(done_on=done_on, done_by=actor):
        return
    log(actor, LogAction.CHANGED, [case.citizen_id], what="rent")
    record(RENT_REVIEWED, actor=actor, case=case, subject=review.reference, done_on=done_on)


def reviews_write(reductions: Iterable[RentReduction], settings: RentSettings) -> None:
    """The looks that follow from each schedule; those that are done stay as they were."""
    for reduction in reductions:
        reduction.reviews.filter(done_on__isnull=True).delete()
        schedule = rent_schedule(reduction.starts_on, reduction.full_rent_dkk, settings)
        RentReview.objects.bulk_create(
            (
                RentReview(
                    reduction=reduction,
                    step_on=step.starts_on,
                    months=months,
                    due_on=due_on,
                    rent_dkk=step.rent_dkk,
                    rise_dkk=step.rise_dkk,
                )
                for step in schedule.rises
                for months, due_on in zip(WARNING_MONTHS, step.warn_on, strict=True)
            ),
            ignore_conflicts=True,
        )
