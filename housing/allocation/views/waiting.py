"""The waiting list, for those who allocate and for those who refer."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from housing.allocation.enums import Urgency
from housing.allocation.models import HousingReferral
from housing.allocation.rules import Group
from housing.allocation.selectors.board_state import MOST, PAGE, page_size
from housing.allocation.selectors.matching import ORDER, with_order
from housing.allocation.selectors.queue import places
from housing.allocation.selectors.rows import row_of, with_row
from housing.supply.access import require_act
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request, is_partial
from housingfirst.ui.parts import Filter

NUMBERED = 100
"""How many rows are told their place: further down it says little."""


@require_GET
@vary_on_headers("HX-Request")
def waiting_list(request: Request) -> HttpResponse:
    """Everybody who waits and whom the user sees, in the order of the allocation."""
    require_act(request.user, Act.REFERRAL_VIEW)
    today = timezone.localdate()
    chosen = request.GET.get("f", "")
    size = page_size(request.GET.get("show"))
    waiting = with_order(HousingReferral.objects.visible_to(request.user).waiting(), today)
    waiting = with_row(waiting, today).filter(FILTERS.get(chosen, Q()))
    found = list(waiting.order_by(*ORDER)[: size + 1])
    has_more, found = len(found) > size, found[:size]
    place = places(found[:NUMBERED], today)
    rows = [
        row_of(
            referral,
            today,
            number=place.get(referral.pk),
            url=reverse("housing:housing_tab", args=[referral.case.reference]),
        )
        for referral in found
    ]
    if rows:
        ids = [row.referral.case.citizen_id for row in rows]
        log(request.user, LogAction.LISTED, ids, what="waiting_list")
    labels = {
        "": _("All"),
        "first": _("First in the order"),
        "urgent": _("Urgent"),
        "papers": _("Papers missing"),
        "offered": _("Offered"),
    }
    context = {
        "rows": rows,
        "filters": [
            Filter(label, f"?f={key}" if key else "?", is_current=key == chosen)
            for key, label in labels.items()
        ],
        "is_filtered": chosen in FILTERS,
        "may_offer": request.user.may(Act.OFFER_MAKE),
        "more_url": _more(chosen, size) if has_more and size < MOST else "",
    }
    template = "housing/allocation/waiting_list.html"
    return render(request, template + ("#waiting-list" if is_partial(request) else ""), context)


FILTERS = {
    "first": Q(group__lte=int(Group.NEAR_LIMIT)),
    "urgent": Q(urgency=Urgency.URGENT),
    "papers": Q(lacks_papers=True),
    "offered": Q(is_offered=True),
}


def _more(chosen: str, size: int) -> str:
    shown = f"show={min(size + PAGE, MOST)}"
    return f"?f={chosen}&{shown}" if chosen else f"?{shown}"
