"""What stands on top of every page of a case: the citizen, the tabs, the clock that matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casework.models import Case
from cases.casework.tabs import tabs_of
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from housingfirst.access.enums import Act
from housingfirst.base.http import Request
from housingfirst.ui import words
from housingfirst.ui.parts import Who

CPR_MASK = "••••••-••••"

Fact = Callable[[Case, date], str | None]
_FACTS: list[tuple[int, Fact]] = []


def register_fact(order: int, fact: Fact) -> None:
    """Add a short fact to the header from AppConfig.ready, such as the clock's sentence.

    The fact is text; marks such as `<b>` come from `format_html`. None leaves it out.
    """
    if (order, fact) not in _FACTS:
        _FACTS.append((order, fact))


def case_context(request: Request, case: Case, tab: str) -> dict[str, Any]:
    """What `cases/case/_page.html` asks for: case, citizen, who, tabs, today and `may`.

    `case` comes from `cases.access.case_for`. `may` holds the acts its reader may take on it.
    """
    today = timezone.localdate()
    return {
        "case": case,
        "citizen": case.citizen,
        "who": who_of(case, today),
        "tabs": tabs_of(case, case.rights, tab),
        "today": today,
        "may": case.rights,
    }


def who_of(case: Case, today: date) -> Who:
    """The citizen header of a case that came through `case_for`."""
    citizen = case.citizen
    may_reveal = citizen.has_cpr and Act.CPR_REVEAL in case.rights
    facts = [
        text
        for _order, fact in sorted(_FACTS, key=lambda item: item[0])
        if (text := fact(case, today)) is not None
    ]
    if case.closed_on is not None:
        facts.insert(0, _("closed %(day)s") % {"day": words.day(case.closed_on, today=today)})
    return Who(
        name=citizen.name,
        case_number=case.number,
        url=reverse("cases:case_detail", args=[case.reference]),
        age=citizen.age_on(today),
        language=citizen.language,
        interpreter=citizen.needs_interpreter,
        protection=protection_mark(citizen),
        cpr_masked=CPR_MASK if citizen.has_cpr else "",
        cpr_reveal_url=reverse("cases:cpr_reveal", args=[case.reference]) if may_reveal else "",
        facts=facts,
    )


def protection_mark(citizen: Citizen) -> str:
    """The badge's text: why the address is hidden; empty when it is not."""
    if citizen.protection == Protection.YES:
        return _("Name and address protected")
    if citizen.protection == Protection.UNKNOWN:
        return _("Protection unknown")
    return ""
