"""What this subject adds to the shell and to the pages of a case: told from `CasesConfig.ready`."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.casework import events
from cases.casework.enums import DespiteReason, RevealReason
from cases.casework.selectors.cases import recently_viewed
from cases.casework.selectors.log import find_citizen, numbers_of
from cases.casework.tabs import Tab, register_tab
from cases.citizens.models import Citizen
from housingfirst.access.citizens import register_citizens
from housingfirst.access.enums import ROLE_ACTS, Act, LogAction, Role
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.access.what import name_details, name_what
from housingfirst.ui import errors
from housingfirst.ui.menu import MenuItem, register_tool
from housingfirst.ui.menu import register as register_place

RECENT = 5


def register() -> None:
    events.register()
    # `name__lower__contains` and its trigrams use the index on lower(name).
    Citizen._meta.get_field("name").register_lookup(Lower)
    _tabs()
    _shell()
    _log_words()
    register_citizens(find_citizen, numbers_of)


def _tabs() -> None:
    register_tab(Tab("overview", 10, _("Overview"), "cases:case_detail"))
    register_tab(Tab("journal", 20, _("Journal"), "cases:journal"))
    register_tab(Tab("log", 95, _("Access log"), "cases:case_log", Act.LOG_VIEW))


def _shell() -> None:
    searchers = {role for role in Role if Act.CASE_VIEW in ROLE_ACTS[role]}
    register_place(
        MenuItem(
            key="citizens",
            label=_("Citizens"),
            icon="persons",
            url_name="cases:case_list",
            # a shelter's citizens are its residents, who have their own page
            roles={role for role in Role if Act.CASE_WHOLE in ROLE_ACTS[role]},
            order=40,
            covers=("cases:",),
        )
    )
    register_tool(
        MenuItem("search", _("Search"), "search", "cases:search", searchers, 10),
        MenuItem(
            "note",
            pgettext_lazy("tool", "Quick note"),
            "edit",
            "cases:quick_note",
            {role for role in Role if Act.NOTE_WRITE in ROLE_ACTS[role]},
            20,
        ),
    )
    if _recently_opened not in errors.recently_opened:
        errors.recently_opened.append(_recently_opened)


def _recently_opened(request: HttpRequest) -> Sequence[errors.Recent]:
    if not isinstance(request.user, User):
        return []
    opened_last = recently_viewed(request.user, RECENT)
    log(request.user, LogAction.LISTED, [o.case.citizen_id for o in opened_last], what="recent")
    return [
        errors.Recent(
            label=opened.case.citizen.name,
            url=reverse("cases:case_detail", args=[opened.case.reference]),
            at=opened.entry.at,
        )
        for opened in opened_last
    ]


def _log_words() -> None:
    name_what({
        "case": _("the case"),
        "case_detail": _("the case"),
        "cases": _("the list of citizens"),
        "alike": _("citizens with similar names"),
        "timeline": _("the timeline"),
        "journal": _("the journal"),
        "note": _("a note"),
        "note_create": _("the form for a note"),
        "note_edit": _("the form for a note"),
        "note_history": _("earlier versions of a note"),
        "wish": _("a wish"),
        "wish_create": _("the form for a wish"),
        "situation": _("where the citizen sleeps"),
        "situation_create": _("the form for where the citizen sleeps"),
        "situation_edit": _("the form for where the citizen sleeps"),
        "citizen": _("the citizen's details"),
        "citizen_edit": _("the form for the citizen's details"),
        "cpr": _("the CPR number"),
        "cpr_edit": _("the form for the CPR number"),
        "cpr_reveal": _("the CPR number"),
        "place": _("the protected place"),
        "place_reveal": _("the protected place"),
        "case_list": _("the list of citizens"),
        "search": _("the search"),
        "quick_note": _("the quick note"),
        "case_create": _("taking a citizen in"),
        "case_assign": _("the form for giving the case"),
        "case_close": _("the closing of a case"),
        "case_reopen": _("the reopening of a closed case"),
        "case_log": _("the access log"),
        "case_print": _("the overview for print"),
        "recent": _("last opened by you"),
        "api:case": _("the case, by another system"),
        "api:cases": _("a list of cases, by another system"),
    })  # fmt: skip
    name_details({str(reason.value): reason.label for reason in RevealReason})
    name_details({f"despite: {reason.value}": reason.label for reason in DespiteReason})
