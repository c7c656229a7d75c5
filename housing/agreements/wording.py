"""The count of the quarter rule in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housing.agreements.counting import Counted, Group
from housing.supply import wording
from housing.supply.models import Vacancy
from housingfirst.law.allocation import Turn, TurnReason
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity

SHOWN: Final = 12
"""Turns that stand on the page; those before are summed."""

REASONS: Final = {
    TurnReason.MUNICIPALITYS_TURN: ("done", gettext_lazy("The municipality's turn, received")),
    TurnReason.LANDLORDS_TURN: ("line", gettext_lazy("The organisation's own turn")),
    TurnReason.GIVEN_OUT_OF_TURN: ("done", gettext_lazy("Received out of turn")),
    TurnReason.NOT_GIVEN: ("now", gettext_lazy("The municipality's turn, not received")),
    TurnReason.RELEASED: ("line", gettext_lazy("The municipality's turn, let go: it counts")),
}


@dataclass(frozen=True, slots=True)
class TurnLine:
    """One vacancy of the count. `balance` above 0: so many were owed after it."""

    number: int
    name: str
    note: str
    url: str
    reported: str
    severity: str
    reason: str
    received: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    title: str
    severity: Severity
    next: str
    why: str
    facts: Sequence[Fact]
    turns: Sequence[TurnLine]
    before: str


def group_shown(group: Group, today: date) -> GroupShown:
    quarter = group.quarter
    older, newest = quarter.turns[:-SHOWN], quarter.turns[-SHOWN:]
    facts = [
        Fact(_("Counted"), _vacancies(len(quarter.turns))),
        Fact(_("Due to the municipality"), str(quarter.due)),
        Fact(_("Received or let go"), str(quarter.received)),
        Fact(_("Owed"), owed(quarter.balance), tone="now" if quarter.balance > 0 else ""),
    ]
    return GroupShown(
        title=title_of(group),
        severity="now" if group.is_next else "ok",
        next=next_of(group),
        why=why_of(group, today),
        facts=facts,
        turns=[_line(turn, group.vacancies[turn.vacancy.reference], today) for turn in newest][
            ::-1
        ],
        before=_before(older),
    )


def title_of(group: Group) -> str:
    return group.estate.name if group.estate else _("The organisation's estates together")


def terms_of(every: int) -> str:
    """ "hver 4. ledige familiebolig" """
    if every == 1:
        return _("every vacant family dwelling")
    return _("one of %(n)s vacant family dwellings") % {"n": every}


def next_of(group: Group) -> str:
    """Whose the next one is."""
    until = group.quarter.until_next
    if until == 1:
        return _("The next is the municipality's")
    return _("The municipality's in %(n)s vacancies") % {"n": until}


def soonest(groups: Sequence[Group]) -> list[str]:
    """The groups whose next vacancy is the municipality's, else how near the nearest one is."""
    if not groups:
        return []
    found = [f"{title_of(group)}: {next_of(group)}" for group in groups if group.is_next]
    return found or [next_of(min(groups, key=lambda group: group.quarter.until_next))]


def why_of(group: Group, today: date) -> str:
    """What the count stands on."""
    terms = terms_of(group.quarter.every)
    if group.agreement is None:
        return _("Without an agreement the law's share holds: %(terms)s (ABL § 59, stk. 1).") % {
            "terms": terms
        }
    since = words.day(group.agreement.starts_on, today=today, weekday=False)
    text = _("By agreement from %(day)s: %(terms)s.") % {"day": since, "terms": terms}
    before = group.agreement.counted_before
    if before:
        text += " " + ngettext(
            "%(n)s vacancy had been counted before.", "%(n)s vacancies had been counted before.",
            before,
        ) % {"n": before}  # fmt: skip
    return text


def owed(balance: int) -> str:
    if balance < 0:
        return _("none, %(n)s more than due") % {"n": -balance}
    return str(balance)


def turn_of(vacancy: Vacancy, group: Group) -> str:
    """Whose turn a vacancy of the group was; "" when it is not counted there."""
    for turn in group.quarter.turns:
        if group.vacancies[turn.vacancy.reference].pk == vacancy.pk:
            facts = {"reason": str(REASONS[turn.reason][1]), "n": turn.number}
            return _("%(reason)s (no. %(n)s of the count)") % facts
    return ""


def _line(turn: Turn, vacancy: Counted, today: date) -> TurnLine:
    severity, reason = REASONS[turn.reason]
    return TurnLine(
        number=turn.number,
        name=_("Dwelling %(number)s") % {"number": vacancy.number},
        note=f"{vacancy.estate}, {wording.rooms(vacancy.rooms)}",
        url=reverse("housing:vacancy_detail", args=[vacancy.reference]),
        reported=words.day(vacancy.reported_on, today=today, weekday=False),
        severity=severity,
        reason=str(reason),
        received=_("%(received)s of %(due)s") % {"received": turn.received, "due": turn.due},
    )


def _before(older: Sequence[Turn]) -> str:
    if not older:
        return ""
    return _("Before these %(vacancies)s: %(received)s received of %(due)s due.") % {
        "vacancies": _vacancies(len(older)),
        "received": older[-1].received,
        "due": older[-1].due,
    }


def _vacancies(n: int) -> str:
    return ngettext("%(n)s vacancy", "%(n)s vacancies", n) % {"n": n}
