"""Which rules warn in vain: what became of the alerts of the last 90 days."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from crosssector.insight.overview import address
from crosssector.insight.selectors.alerts import LEAST, WINDOW_DAYS, Usefulness, usefulness_of
from crosssector.insight.selectors.scope import units
from crosssector.insight.views.page import log_listed, scope_of
from housingfirst.access.what import detail_name
from housingfirst.base.http import Request

FEW = 5
"""Of fewer than these only that they are few is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """A kind in words; empty shares where too few have closed."""

    name: str
    source: str
    row: Usefulness
    closed: str
    acted: str
    snoozed: str
    ignored: str
    thought: str


@require_GET
def alert_usefulness(request: Request) -> HttpResponse:
    """Figures per kind of alert: acted on, put off, ignored. No citizen is shown."""
    scope = scope_of(request, "alert_usefulness")
    log_listed(request, [], "alert_usefulness")
    context = {
        "lines": [_line(row) for row in usefulness_of(scope)],
        "unit": scope.unit,
        "units": units(scope.user),
        "days": WINDOW_DAYS,
        "least": LEAST,
        "overview_url": address("team_overview", scope),
    }
    return render(request, "crosssector/insight/alert_usefulness.html", context)


def _line(row: Usefulness) -> Line:
    is_few = row.closed < FEW
    return Line(
        name=capfirst(detail_name(row.kind.key)),
        source=str(row.kind.source) if "%" not in str(row.kind.source) else "",
        row=row,
        closed=_("fewer than %(n)d") % {"n": FEW} if is_few else str(row.closed),
        acted="" if is_few else _share(row, row.acted),
        snoozed="" if is_few else _share(row, row.snoozed),
        ignored="" if is_few else _share(row, row.ignored),
        thought=_thought(row),
    )


def _share(row: Usefulness, number: int) -> str:
    return f"{number} ({row.share(number)}\u00a0%)"


def _thought(row: Usefulness) -> str:
    if row.is_put_off:
        return _("Is mostly put off. Does it warn too early, or the wrong people?")
    if row.is_ignored:
        return _("Is mostly late without a word. Does anybody read it?")
    return ""
