"""The page of a lease's reduced rent: its steps, and what was looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.casework.header import case_context
from housing.rents import services
from housing.rents.forms import ReductionForm, values_of
from housing.rents.models import RentReduction, RentReview
from housing.tenancies.access import tenancy_for
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request
from housingfirst.law.rent import rent_schedule
from housingfirst.lawbook.selectors import choices_of
from housingfirst.ui import conflict
from housingfirst.ui.told import told


@require_http_methods(["GET", "POST"])
def rent(request: Request, reference: UUID) -> HttpResponse:
    """Register the reduction or put it right; below it the schedule that follows."""
    tenancy = tenancy_for(request.user, reference, Act.TENANCY_WRITE)
    case = tenancy.case
    known = RentReduction.objects.filter(tenancy=tenancy).first()
    theirs: dict[str, Any] = (
        values_of(known)
        if known
        else {"starts_on": tenancy.starts_on, "full_rent_dkk": tenancy.rent_dkk}
    )
    form = ReductionForm(None, initial=theirs)
    address = reverse("housing:rent", args=[tenancy.reference])
    if request.method == "POST":
        data = conflict.settled(ReductionForm, request.POST, theirs=theirs)
        form, seen = ReductionForm(data), conflict.posted_version(data)
        if form.is_valid():
            try:
                services.reduction_register(
                    tenancy=tenancy, actor=request.user, version=seen or None, **form.cleaned_data
                )
            except StaleVersion as stale:
                return conflict.page(
                    request,
                    form=form,
                    stale=stale,
                    seen=seen,
                    values_of=values_of,
                    title=_("Reduced rent"),
                    keep_url=address,
                    citizen=case.citizen_id,
                    context=case_context(request, case, "housing"),
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("It is registered."))
                return redirect(address)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="rent")
    schedule = None
    if known is not None:
        settings = choices_of(case.municipality_id).rent
        schedule = rent_schedule(known.starts_on, known.full_rent_dkk, settings)
    context = case_context(request, case, "housing") | {
        "tenancy": tenancy,
        "form": form,
        "version": known.version if known else 0,
        "schedule": schedule,
        "reviews": list(known.reviews.select_related("done_by")) if known else [],
    }
    status = 422 if form.errors else 200
    return render(request, "housing/rents/page.html", context, status=status)


@require_POST
def rent_reviewed(request: Request, reference: UUID, review_reference: UUID) -> HttpResponse:
    """The economy was looked at before a rise."""
    tenancy = tenancy_for(request.user, reference, Act.TENANCY_WRITE)
    reviews = RentReview.objects.filter(reduction__tenancy=tenancy, reference=review_reference)
    review = reviews.select_related("reduction__tenancy__case").first()
    if review is None:
        raise Denied("rent", (tenancy.case.citizen_id,))
    with told(request, _("It is registered.")):
        services.review_done(review=review, done_on=timezone.localdate(), actor=request.user)
    return redirect(reverse("housing:rent", args=[tenancy.reference]))
