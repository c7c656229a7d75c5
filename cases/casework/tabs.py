"""The tabs of a case: each app adds its own from `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from cases.casework.models import Case
from housingfirst.access.enums import Act
from housingfirst.ui import parts


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the case. Its address takes `case_reference`; it is shown to those who may `act`.

    Orders: 10 overview, 20 journal, 40 housing, 50 support, 60 handoffs, 70 reimbursement, 95 log.
    """

    key: str
    order: int
    label: str | Promise
    url_name: str
    act: Act = Act.CASE_VIEW


_TABS: dict[str, Tab] = {}


def register_tab(tab: Tab) -> None:
    """Add a tab from AppConfig.ready. The same key again replaces it."""
    _TABS[tab.key] = tab


def tabs_of(case: Case, acts: Collection[Act], current: str) -> list[parts.Tab]:
    """The tabs a person who may take `acts` on the case sees; `current` is the key of the open one.

    A tab whose page does not exist is left out, so that an app may register ahead of its pages.
    """
    shown = []
    for tab in sorted(_TABS.values(), key=lambda tab: tab.order):
        if tab.act not in acts:
            continue
        try:
            url = reverse(tab.url_name, kwargs={"case_reference": case.reference})
        except NoReverseMatch:
            continue
        shown.append(parts.Tab(str(tab.label), url, is_current=tab.key == current))
    return shown
