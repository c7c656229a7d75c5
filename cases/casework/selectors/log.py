"""Who looked at a citizen: for the team lead, on the citizen's own pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from cases.casework.models import Case, CaseGrant
from housingfirst.access.citizens import Found
from housingfirst.access.enums import LogAction
from housingfirst.access.models import AccessEntry
from housingfirst.base.keyset import window
from housingfirst.ui.parts import Page

ROWS: Final = 50


@dataclass(frozen=True, slots=True)
class Entries:
    rows: list[AccessEntry]
    page: Page


def entries_of(case: Case, query: Mapping[str, str]) -> Entries:
    """Uses of the citizen's data that concern this case, newest first.

    Those of the municipality's own units, of every unit that has or had access to the case, of the
    system, and every refusal. What another municipality does in a case of its own stays there.
    """
    shared = CaseGrant.objects.filter(content_object=case, group__unit__isnull=False)
    concerns = (
        Q(unit__municipality=case.municipality_id)
        | Q(unit__group__in=shared.values("group"))
        | Q(unit__isnull=True)
        | Q(action=LogAction.DENIED)
    )
    entries = AccessEntry.objects.filter(concerns, citizen_ids__contains=[case.citizen_id])
    if (action := query.get("action", "")) in LogAction.values:
        entries = entries.filter(action=action)
    page = window(
        entries.select_related("user", "unit"), order=("-at", "-pk"), size=ROWS, query=query
    )
    return Entries(page.rows, Page(*page.addresses(query)))


def find_citizen(number: str, municipality_ids: Collection[int]) -> Found | None:
    """The citizen of a case, for the auditor. A sealed case is found too: its log is audited."""
    case = Case.objects.filter(number=number, municipality__in=municipality_ids).first()
    if case is None:
        return None
    groups = CaseGrant.objects.filter(content_object=case).values_list("group_id", flat=True)
    return Found(case.citizen_id, tuple(sorted(set(groups))))


def numbers_of(
    citizen_ids: Collection[int], municipality_ids: Collection[int]
) -> Mapping[int, str]:
    """The newest case number of each citizen in the municipalities."""
    cases = Case.objects.filter(citizen__in=citizen_ids, municipality__in=municipality_ids)
    return dict(cases.order_by("opened_on", "pk").values_list("citizen_id", "number"))
