"""The allocation board, and the offer made from it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from housing.allocation import services
from housing.allocation.access import referral_for
from housing.allocation.forms.offers import OfferForm, offer_initial
from housing.allocation.selectors.board import Board, board
from housing.allocation.selectors.board_state import State
from housing.supply.access import require_act, vacancy_for
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.ui import words
from housingfirst.ui.forms.once import once


@require_GET
@vary_on_headers("HX-Request")
def allocation_board(request: Request) -> HttpResponse:
    """Vacancies, who waits, and the explained match, as the address says."""
    require_act(request.user, Act.OFFER_MAKE)
    state = State.of(request.GET.dict())
    return _page(request, board(request.user, timezone.localdate(), state))


def _page(request: Request, shown: Board, form: OfferForm | None = None) -> HttpResponse:
    """The board; the log knows whom it showed, and whose match was opened."""
    if form is None and shown.explained is not None and shown.chosen is not None:
        initial = offer_initial(shown.chosen.vacancy, timezone.localdate())
        form = OfferForm(initial=initial | {"referral": shown.explained.waiting.referral.reference})
        # Said before the button is pressed; the service asks for it again.
        form.fields["why_not_first"].required = not shown.explained.is_first
    if shown.citizen_ids:
        log(request.user, LogAction.LISTED, shown.citizen_ids, what="allocation_board")
    has_errors = form is not None and bool(form.errors)
    template = "housing/allocation/board.html" + ("#board" if is_partial(request) else "")
    context = {"board": shown, "form": form, "offer_url": _offer_url(shown)}
    return render(request, template, context, status=422 if has_errors else 200)


def _offer_url(shown: Board) -> str:
    if shown.chosen is None:
        return ""
    return reverse("housing:offer_make", args=[shown.chosen.vacancy.reference])


@require_http_methods(["GET", "POST"])
def offer_make(request: Request, reference: UUID) -> HttpResponse:
    """Give the chosen citizen the dwelling. Refused: the board again, with what was typed."""
    vacancy = vacancy_for(request.user, reference, Act.OFFER_MAKE)
    here = f"{reverse('housing:allocation_board')}?vacancy={vacancy.reference}"
    if request.method == "GET":
        return redirect(here)
    form = OfferForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        referral = referral_for(request.user, data.pop("referral"))
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    services.offer_make(
                        vacancy=vacancy, referral=referral, actor=request.user, **data
                    )
                    sent.result = here
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            until = words.moment(data["answer_by"], today=timezone.localdate())
            messages.success(
                request,
                _("%(name)s is offered the home. Answer by %(until)s.")
                % {"name": referral.case.citizen.name, "until": until},
            )
            return redirect(sent.address)
    state = State.of({"vacancy": str(reference), "referral": request.POST.get("referral", "")})
    shown = board(request.user, timezone.localdate(), state)
    if shown.chosen is None or shown.chosen.vacancy.pk != vacancy.pk:
        # The dwelling has left the board: another one must not stand under the same form.
        for refusal in form.non_field_errors():
            messages.error(request, str(refusal))
        return redirect("housing:allocation_board")
    return _page(request, shown, form)
