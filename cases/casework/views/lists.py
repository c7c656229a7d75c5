"""Finding a citizen: the list, the search box."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from cases.casework.listing import columns
from cases.casework.path import steps
from cases.casework.selectors import cases as selectors
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log, log_search
from housingfirst.access.services import require_page
from housingfirst.base.http import Request, is_partial
from housingfirst.ui.forms import clean_line
from housingfirst.ui.parts import Filter

SEARCH_LENGTH = 200


@require_GET
@vary_on_headers("HX-Request")
def case_list(request: Request) -> HttpResponse:
    """The citizens whose case the user may open, by name."""
    require_page(request.user, Act.CASE_VIEW)
    query = request.GET.dict()
    today = timezone.localdate()
    found = selectors.case_list(request.user, query, today)
    log(
        request.user,
        LogAction.LISTED,
        [row.case.citizen_id for row in found.rows],
        what="case_list",
    )
    context = {
        "found": found,
        "columns": columns(),
        "whose": _whose(request, query),
        "states": _states(query),
        "is_filtered": any(query.get(key) for key in ("step", "protected", "closed")),
        "who": query.get("who", selectors.UNIT),
        "today": today,
        "may_create": request.user.may(Act.CASE_CREATE),
    }
    part = "#case-list" if is_partial(request) and request.htmx.target == "case-list" else ""
    return render(request, f"cases/case/list.html{part}", context)


@require_http_methods(["GET", "POST"])
def search(request: Request) -> HttpResponse:
    """Citizens by name, case number or CPR number.

    What is searched for comes in the body alone: an address is kept in histories and logs. "None"
    and "not yours" get the same answer.
    """
    require_page(request.user, Act.CASE_VIEW)
    text = clean_line(request.POST.get("q", ""))[:SEARCH_LENGTH] if request.method == "POST" else ""
    if not text:
        return render(request, "cases/case/search.html", {"text": "", "hits": None})
    hits = selectors.search(request.user, text)
    log_search(request.user, text, [case.citizen_id for case in hits.cases], what="search")
    if hits.is_exact and len(hits.cases) == 1:
        return redirect("cases:case_detail", case_reference=hits.cases[0].reference)
    # A number is not written back: the page may stay open on the screen.
    context = {"text": "" if hits.is_exact else text, "hits": hits, "today": timezone.localdate()}
    return render(request, "cases/case/search.html", context)


def _whose(request: Request, query: Mapping[str, str]) -> list[Filter]:
    choices = [
        (selectors.MINE, _("Mine")),
        (selectors.UNIT, _("My unit's")),
        (selectors.ALL, _("All I may open")),
    ]
    if not request.user.may(Act.CASE_WHOLE):
        return []
    now = query.get("who", selectors.UNIT)
    known = now if now in dict(choices) else selectors.UNIT
    return [
        Filter(label, _address(query, who=key), is_current=key == known) for key, label in choices
    ]


def _states(query: Mapping[str, str]) -> list[Filter]:
    """The steps of the way home, protection, closed cases: each press adds or removes one."""
    step = query.get("step", "")
    shown = [
        Filter(
            _("Nothing yet"),
            _address(query, step="" if step == selectors.NONE_TAKEN else selectors.NONE_TAKEN),
            is_current=step == selectors.NONE_TAKEN,
        )
    ]
    shown += [
        Filter(
            str(known.label),
            _address(query, step="" if step == known.key else known.key),
            is_current=step == known.key,
        )
        for known in steps()
    ]
    for key, label in (("protected", _("Protected")), ("closed", _("Closed cases"))):
        on = query.get(key) == "1"
        shown.append(Filter(label, _address(query, **{key: "" if on else "1"}), is_current=on))
    return shown


def _address(query: Mapping[str, str], **changes: str) -> str:
    kept = {key: query.get(key, "") for key in ("who", "step", "protected", "closed")} | changes
    return "?" + urlencode({key: value for key, value in kept.items() if value})
