"""The list of citizens, and finding one: always among the cases the user may open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from cases.casework.listing import Column, columns, is_mine
from cases.casework.models import Case, SituationRecord
from cases.casework.path import PREFIX, PathStep, path_of, steps, with_path
from cases.citizens.cpr import NotCpr, parse_cpr
from cases.citizens.enums import Protection
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.crypto import blind_index
from housingfirst.base.keyset import Window, window
from housingfirst.ui.forms import clean_line
from housingfirst.ui.parts import Page

ROWS: Final = 40
HITS: Final = 20
WORDS: Final = 6
"""More words than anybody's name has are not looked for."""
LOOKED_BACK: Final = 60
"""Entries of the access log that are read to find what somebody opened last."""

MINE, UNIT, ALL = "mine", "unit", "all"
NONE_TAKEN: Final = "none"
_NUMBER = re.compile(r"\d{4}-\d{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list. `reached` is the last step of the way home that is taken."""

    case: Case
    situation: SituationRecord | None
    reached: PathStep | None
    columns: list[tuple[Column, str]]


@dataclass(frozen=True, slots=True)
class CaseList:
    rows: list[Row]
    page: Page


def case_list(user: User, query: Mapping[str, str], today: date) -> CaseList:
    """The page of citizens that the address asks for, in the Danish order of their names.

    `who`: mine, unit (the default) or all; `step`: a step of the way home, or "none";
    `protected`; `closed`.
    """
    cases: QuerySet[Case] = Case.objects.visible_to(user).filter(
        closed_on__isnull=query.get("closed") != "1"
    )
    cases = cases.filter(_whose(user, query.get("who", UNIT), today))
    if query.get("protected") == "1":
        cases = cases.exclude(citizen__protection=Protection.NO)
    cases = _at_step(with_path(cases), query.get("step", ""))
    for column in columns():
        cases = column.annotate(cases, today)
    page: Window[Case] = window(
        cases.select_related("citizen", "unit", "adviser"),
        order=("citizen__name_order", "pk"),
        size=ROWS,
        query=query,
    )
    situations = current_situations(page.rows, today)
    rows = [
        Row(
            case,
            situations.get(case.pk),
            path_of(case).reached,
            [(column, column.cell(case, today)) for column in columns()],
        )
        for case in page.rows
    ]
    return CaseList(rows, Page(*page.addresses(query)))


def _whose(user: User, who: str, today: date) -> Q:
    if who == MINE:
        return is_mine(user, today)
    if who == ALL:
        return Q()
    units = user.units_for(Act.CASE_VIEW)
    # A shelter's citizens are those whose case it holds a grant on: all it may see.
    if not user.may(Act.CASE_WHOLE):
        return Q()
    return Q(unit__in=units)


def _at_step(cases: QuerySet[Case], wanted: str) -> QuerySet[Case]:
    """Cases whose last step taken is `wanted`; all of them for a step nobody knows."""
    keys = [step.key for step in steps()]
    if wanted == NONE_TAKEN:
        return cases.filter(**{PREFIX + key: False for key in keys})
    if wanted not in keys:
        return cases
    later = {PREFIX + key: False for key in keys[keys.index(wanted) + 1 :]}
    return cases.filter(**{PREFIX + wanted: True}, **later)


def current_situations(cases: Sequence[Case], today: date) -> dict[int, SituationRecord]:
    """The situation that holds today, by the case's primary key."""
    holds = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
    records = SituationRecord.objects.filter(holds, case__in=cases, starts_on__lte=today)
    return {record.case_id: record for record in records}


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found. `is_exact`: by number, so at most one person; `has_more`: beyond 20."""

    cases: list[Case] = field(default_factory=list)
    is_exact: bool = False
    has_more: bool = False


def search(user: User, text: str) -> Hits:
    """Visible cases with this CPR number, this case number, or a name with these words.

    A name is also found when it is spelled a little differently. The number of queries is the
    same for what does not exist and for what the user may not see.
    """
    text = clean_line(text)
    visible = Case.objects.visible_to(user).select_related("citizen", "unit", "adviser")
    visible = visible.order_by("citizen__name_order", "pk")
    try:
        cpr = parse_cpr(text)
    except NotCpr:
        pass
    else:
        return Hits(list(visible.filter(citizen__cpr_index=blind_index(cpr.digits))), True)
    if _NUMBER.fullmatch(text):
        return Hits(list(visible.filter(number=text)[:HITS]), True)
    words = text.lower().split()[:WORDS]
    if sum(map(len, words)) < 2:
        return Hits()
    named = Q()
    for word in words:
        named &= Q(citizen__name__lower__contains=word)
    found = list(visible.filter(named)[: HITS + 1])
    if not found:
        alike = Q(citizen__name__lower__trigram_word_similar=" ".join(words))
        found = list(visible.filter(alike)[: HITS + 1])
    return Hits(found[:HITS], has_more=len(found) > HITS)


@dataclass(frozen=True, slots=True)
class Opened:
    case: Case
    entry: AccessEntry


def recently_viewed(user: User, limit: int) -> list[Opened]:
    """The cases the user opened last, each once, as long as they may still be opened."""
    entries = AccessEntry.objects.filter(user=user, action=LogAction.VIEWED, what="case").order_by(
        "-at", "-id"
    )[:LOOKED_BACK]
    last: dict[int, AccessEntry] = {}
    for entry in entries:
        for citizen_id in entry.citizen_ids:
            last.setdefault(citizen_id, entry)
    if not last:
        return []
    cases = (
        Case.objects.visible_to(user)
        .filter(citizen__in=last, closed_on__isnull=True)
        .select_related("citizen")
    )
    opened = [Opened(case, last[case.citizen_id]) for case in cases]
    return sorted(opened, key=lambda row: row.entry.at, reverse=True)[:limit]
