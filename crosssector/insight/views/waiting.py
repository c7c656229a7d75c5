"""Who waits for a home, what is offered, and which homes stand empty."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crosssector.insight import lists
from crosssector.insight.overview import address, wait_labels
from crosssector.insight.rules import WaitBand
from crosssector.insight.selectors import waiting
from crosssector.insight.views.page import ListPage, scope_of
from crosssector.keyset import asked
from housingfirst.base.http import Request
from housingfirst.ui.parts import Filter


@require_GET
def waiting_referrals(request: Request) -> HttpResponse:
    """Who waits for a home, the longest first."""
    scope = scope_of(request, "waiting_referrals")
    waits = waiting.waits_of(scope)
    try:
        band = WaitBand(request.GET.get("b", ""))
    except ValueError:
        band = None
    found = waiting.page_of_waiting(scope, band, **asked(request))
    filters = [Filter(_("All"), address("waiting_referrals", scope), band is None, waits.citizens)]
    filters += [
        Filter(
            label,
            address("waiting_referrals", scope, b=one.value),
            one == band,
            waits.bands[one].citizens,
        )
        for one, label in wait_labels().items()
    ]
    page = ListPage(
        title=_("Housing referrals by wait"),
        order=_("Order: who has waited longest comes first."),
        filters=filters,
        columns=lists.waiting_columns(),
        shape=lists.waiting_line,
    )
    return page.response(request, scope, found, "waiting_referrals")


@require_GET
def open_offers(request: Request) -> HttpResponse:
    """Offers of homes that wait for an answer."""
    scope = scope_of(request, "open_offers")
    found = waiting.page_of_offers(scope, **asked(request))
    page = ListPage(
        title=_("Offers that wait for an answer"),
        order=_("Order: the first to be answered comes first."),
        filters=(),
        columns=lists.offer_columns(),
        shape=lists.offer_line,
    )
    return page.response(request, scope, found, "open_offers")


@require_GET
def empty_homes(request: Request) -> HttpResponse:
    """Homes that stand empty while the municipality pays their rent."""
    scope = scope_of(request, "empty_homes")
    found = waiting.page_of_empty_homes(scope, **asked(request))
    page = ListPage(
        title=_("Homes with vacancy rent"),
        order=_("Order: the longest paid for comes first."),
        filters=(),
        columns=lists.home_columns(),
        shape=lists.home_line,
    )
    return page.response(request, scope, found, "empty_homes")
