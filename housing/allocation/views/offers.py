"""Pages about offers: the open ones, one, and its answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from housing.allocation import services, wording
from housing.allocation.access import offer_for
from housing.allocation.asked import asked_with
from housing.allocation.enums import OfferStatus, WithdrawReason
from housing.allocation.forms.offers import AcceptForm, DeclineForm, WithdrawForm
from housing.allocation.models import Offer
from housing.allocation.selectors.offers import offers, row_of
from housing.allocation.snapshot import from_json
from housing.supply.access import require_act
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.base.keyset import window
from housingfirst.ui.forms import Form
from housingfirst.ui.forms.once import once
from housingfirst.ui.parts import Filter, Page

PER_PAGE = 25


@require_GET
@vary_on_headers("HX-Request")
def offer_list(request: Request) -> HttpResponse:
    """Open offers, the nearest time to answer first; or the ended ones, newest first."""
    require_act(request.user, Act.REFERRAL_VIEW)
    today, now = timezone.localdate(), timezone.now()
    is_open = request.GET.get("show") != "ended"
    found = offers(request.user)
    if is_open:
        found, order = found.filter(status=OfferStatus.LIVE), ["answer_by", "pk"]
    else:
        found, order = found.exclude(status=OfferStatus.LIVE), ["-ended_at", "-pk"]
    shown = window(found, order=order, size=PER_PAGE, query=request.GET)
    asked = asked_with(shown.rows, request.user, now)
    rows = [row_of(offer, today, now, asked=asked.get(offer.pk, ())) for offer in shown.rows]
    if rows:
        log(
            request.user,
            LogAction.LISTED,
            [row.offer.case.citizen_id for row in rows],
            what="offer_list",
        )
    context = {
        "rows": rows,
        "is_open": is_open,
        "filters": [
            Filter(_("Open"), "?", is_current=is_open),
            Filter(_("Ended offers"), "?show=ended", is_current=not is_open),
        ],
        "page": Page(*shown.addresses(request.GET.dict())),
    }
    template = "housing/allocation/offer_list.html" + ("#offer-list" if is_partial(request) else "")
    return render(request, template, context)


@require_GET
def offer_detail(request: Request, reference: UUID) -> HttpResponse:
    """The offer, the match as it was, and the answers that can be given."""
    return _detail(request, offer_for(request.user, reference))


def _detail(request: Request, offer: Offer, **forms: Form) -> HttpResponse:
    """The page; `forms` holds the one that was refused, under its act's name."""
    log(request.user, LogAction.VIEWED, [offer.case.citizen_id], what="offer")
    return render(
        request,
        "housing/allocation/offer_detail.html",
        _context(request, offer, **forms),
        status=422 if forms else 200,
    )


def _context(request: Request, offer: Offer, **forms: Form) -> dict[str, Any]:
    today, now = timezone.localdate(), timezone.now()
    match = from_json(offer.match)
    asked = asked_with([offer], request.user, now)
    is_live = offer.status == OfferStatus.LIVE and offer.answer_by > now
    may = offer.case.rights
    starts_on = max(offer.vacancy.available_from, today)
    return {
        "row": row_of(offer, today, now, asked=asked.get(offer.pk, ())),
        "offer": offer,
        "match": match,
        "hard": wording.hard_lines(match) if match else [],
        "wishes": wording.wish_lines(match) if match else [],
        "verdict": wording.VERDICTS[match.verdict] if match else None,
        "may_answer": is_live and Act.OFFER_ANSWER in may,
        "may_withdraw": offer.status == OfferStatus.LIVE and Act.OFFER_MAKE in may,
        "may_reveal": offer.case.citizen.is_protected and Act.PLACE_REVEAL in may,
        "accept": AcceptForm(initial={"starts_on": starts_on}),
        "decline": DeclineForm(),
        "withdraw": WithdrawForm(),
        "tenancy": getattr(offer, "tenancy", None),
        "shows_place": False,
        "refused": next(iter(forms.values()), None),
        **forms,
    }


@require_POST
def offer_accept(request: Request, reference: UUID) -> HttpResponse:
    """The citizen says yes: the lease begins."""
    offer = _with_right(request, reference, Act.OFFER_ANSWER)
    form = AcceptForm(request.POST)
    if form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    tenancy = services.offer_accept(
                        offer=offer, starts_on=form.cleaned_data["starts_on"], actor=request.user
                    )
                    sent.result = reverse("housing:tenancy_detail", args=[tenancy.reference])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            name = offer.case.citizen.first_name
            messages.success(request, _("%(name)s has a home.") % {"name": name})
            return redirect(sent.address)
    return _detail(request, offer_for(request.user, reference), accept=form)


@require_POST
def offer_decline(request: Request, reference: UUID) -> HttpResponse:
    """A no, for one of the allowed reasons. It has no consequence."""
    offer = _with_right(request, reference, Act.OFFER_ANSWER)
    form = DeclineForm(request.POST)
    if form.is_valid():
        who, reason = form.chosen
        try:
            services.offer_decline(
                offer=offer,
                declined_by=who,
                reason=reason,
                remark=form.cleaned_data["remark"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("The no is registered. %(name)s keeps the place in the queue.")
                % {"name": offer.case.citizen.first_name},
            )
            return redirect("housing:offer_detail", reference=offer.reference)
    return _detail(request, offer_for(request.user, reference), decline=form)


@require_POST
def offer_withdraw(request: Request, reference: UUID) -> HttpResponse:
    """The allocator takes the offer back."""
    offer = _with_right(request, reference, Act.OFFER_MAKE)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            services.offer_withdraw(
                offer=offer,
                reason=WithdrawReason(form.cleaned_data["reason"]),
                remark=form.cleaned_data["remark"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The offer is withdrawn. The dwelling is vacant again."))
            return redirect("housing:offer_detail", reference=offer.reference)
    return _detail(request, offer_for(request.user, reference), withdraw=form)


@require_POST
def offer_place(request: Request, reference: UUID) -> HttpResponse:
    """The address of a protected citizen's home, once; the look is logged."""
    offer = _with_right(request, reference, Act.PLACE_REVEAL)
    log(request.user, LogAction.REVEALED, [offer.case.citizen_id], what="place")
    context = _context(request, offer) | {"shows_place": True}
    return render(request, "housing/allocation/offer_detail.html", context)


def _with_right(request: Request, reference: UUID, act: Act) -> Offer:
    """The offer, if the user may take `act` on its case. Raises Denied, PermissionDenied."""
    offer = offer_for(request.user, reference)
    if act not in offer.case.rights:
        raise PermissionDenied
    return offer
