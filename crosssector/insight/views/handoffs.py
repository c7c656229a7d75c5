"""What is asked of the partners and not answered."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crosssector.insight import lists
from crosssector.insight.overview import address
from crosssector.insight.selectors import late
from crosssector.insight.views.page import ListPage, scope_of
from crosssector.keyset import asked
from housingfirst.access.models import Unit
from housingfirst.base.http import Request
from housingfirst.ui.parts import Filter


@require_GET
def team_handoffs(request: Request) -> HttpResponse:
    """Open handoffs, of one partner if the address names it."""
    scope = scope_of(request, "team_handoffs")
    partner = _unit_named(request.GET.get("partner", ""))
    only_late = request.GET.get("late") == "1"
    found = late.page_of_handoffs(scope, partner, only_late=only_late, **asked(request))
    query = {"partner": str(partner.reference)} if partner else {}
    filters = [
        Filter(_("All open"), address("team_handoffs", scope, **query), not only_late),
        Filter(_("Late"), address("team_handoffs", scope, late="1", **query), only_late),
    ]
    page = ListPage(
        title=_("Handoffs to %(partner)s") % {"partner": partner.name}
        if partner
        else _("Open handoffs"),
        order=_("Order: the first due comes first."),
        filters=filters,
        columns=lists.handoff_columns(),
        shape=lists.handoff_line,
    )
    return page.response(request, scope, found, "team_handoffs")


def _unit_named(reference: str) -> Unit | None:
    try:
        return Unit.objects.filter(reference=UUID(reference)).first()
    except ValueError:
        return None
