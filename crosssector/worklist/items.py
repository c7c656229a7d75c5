"""A worklist's rows in words: when, what, why, what leaving it costs, and the act that ends it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cases.models import Case
from crosssector.worklist.rows import Scope
from crosssector.worklist.selectors import Group
from housing.shelters.selectors.resident_rows import meter_of
from housingfirst.access.enums import Act, UnitKind
from housingfirst.deadlines.kinds import WAITS_FOR, DeadlineKind, kind_of, overdue_from
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.rules import Severity, severity_of
from housingfirst.ui import words
from housingfirst.ui.figures import Meter


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do. `amount` is what each week costs, `cost` what else is lost.

    `act` at `url` ends it, unless the reader may not: then it only leads to the case (`is_act`).
    """

    deadline: Deadline
    severity: Severity
    when: str
    when_note: str
    title: str
    why: str
    amount: str
    cost: str
    act: str
    url: str
    is_act: bool
    source: str
    is_statutory: bool
    person: str
    seen: str
    put_off: str
    given: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The things of one citizen, with the worst severity at its edge."""

    name: str
    url: str
    severity: Severity
    protected: bool
    facts: Sequence[str]
    meter: Meter | None
    items: Sequence[Item]


def panel_of(group: Group, scope: Scope) -> Panel:
    items = [
        item_of(due.deadline, scope, waits=due.waits, rights=group.rights)
        for due in group.deadlines
    ]
    case = group.case
    if case is None:
        return Panel(
            name=items[0].deadline.unit.name,
            url="",
            severity=items[0].severity,
            protected=False,
            facts=(),
            meter=None,
            items=items,
        )
    citizen = case.citizen
    clock = getattr(group.whereabouts.stay, "clock", None)
    return Panel(
        name=citizen.name,
        url=_case_url(case, group.rights),
        severity=items[0].severity,
        protected=citizen.is_protected,
        facts=_facts(group, scope.day),
        meter=meter_of(clock, scope.day) if clock else None,
        items=items,
    )


def item_of(deadline: Deadline, scope: Scope, *, waits: bool, rights: Collection[Act] = ()) -> Item:
    """`waits` says whether someone else has the ball, `rights` what the reader may do on its case.

    Who may not take the act that ends the thing gets the way to the case instead, if any.
    """
    kind = kind_of(deadline.kind)
    is_theirs = kind.gate(deadline, scope.user, rights)
    severity = severity_of(
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        warn_from=deadline.warn_from,
        now_from=deadline.now_from,
        waits=waits,
        day=scope.day,
        now=scope.now,
    )
    cost = kind.written(kind.cost, deadline.params)
    weekly = deadline.weekly_cost_dkk
    return Item(
        deadline=deadline,
        severity=severity,
        when=_when(deadline, severity, scope),
        when_note=_when_note(deadline, kind, severity, scope.day),
        title=kind.written(kind.title, deadline.params),
        why=kind.written(kind.why, deadline.params),
        amount=_("%(amount)s a week") % {"amount": words.money(round(weekly))} if weekly else "",
        cost=cost,
        act=kind.written(kind.act, deadline.params) if is_theirs else _("See the case"),
        url=_url(deadline, kind) if is_theirs else _case_url(deadline.case, rights),
        is_act=is_theirs,
        source=str(kind.source),
        is_statutory=kind.is_statutory,
        person=_person(deadline, scope),
        seen=_seen(deadline, scope),
        put_off=_put_off(deadline, scope.day),
        given=_given(deadline, scope),
    )


def _facts(group: Group, day: date) -> list[str]:
    """Age, language, and where the citizen lives: only what is registered and may be shown."""
    case = group.case
    if case is None:
        return []
    citizen = case.citizen
    facts = []
    age = citizen.age_on(day)
    if age is not None:
        facts.append(words.years(age))
    if citizen.needs_interpreter:
        facts.append(_("%(language)s, interpreter") % {"language": citizen.language})
    elif citizen.language and citizen.language != "Dansk":
        facts.append(citizen.language)
    stay, tenancy = group.whereabouts.stay, group.whereabouts.tenancy
    if stay is not None:
        hidden = _("§ %(section)s, place hidden") % {"section": stay.shelter.section}
        facts.append(hidden if citizen.is_protected else stay.shelter.name)
    elif tenancy is not None and tenancy.starts_on <= day:
        since = words.day(tenancy.starts_on, today=day, weekday=False)
        facts.append(_("Own home since %(day)s") % {"day": since})
    elif tenancy is not None:
        on = words.day(tenancy.starts_on, today=day, weekday=False)
        facts.append(_("Own home from %(day)s") % {"day": on})
    return facts


def _url(deadline: Deadline, kind: DeadlineKind) -> str:
    """Where the act is taken; the case, as long as the act has no page of its own."""
    try:
        return kind.url(deadline)
    except NoReverseMatch:
        case = deadline.case
        return reverse("cases:case_detail", args=[case.reference]) if case else ""


def _case_url(case: Case | None, rights: Collection[Act]) -> str:
    return (
        reverse("cases:case_detail", args=[case.reference])
        if Act.CASE_VIEW in rights and case
        else ""
    )


def _when(deadline: Deadline, severity: Severity, scope: Scope) -> str:
    """The badge: how near, or who has the ball."""
    if severity == Severity.WAIT:
        holder = deadline.params.get(WAITS_FOR)
        return _("With %(name)s") % {"name": holder} if holder else _("Waiting for others")
    if severity == Severity.OVER and deadline.due_on >= scope.day and deadline.due_at:
        return _("%(span)s over") % {"span": words.hours(scope.now - deadline.due_at)}
    counted = overdue_from(deadline) if severity == Severity.OVER else deadline.due_on
    return words.relative(counted, today=scope.day)


def _when_note(deadline: Deadline, kind: DeadlineKind, severity: Severity, day: date) -> str:
    """The line under the badge: the day itself, and whether the law sets it."""
    on = words.day(deadline.due_on, today=day)
    if deadline.due_at is not None:
        on = f"{on} {words.clock(deadline.due_at)}"
    if severity == Severity.WAIT:
        return _("answer by %(day)s") % {"day": on}
    if severity == Severity.OVER:
        return _("was due %(day)s") % {"day": on}
    return _("legal time limit %(day)s") % {"day": on} if kind.is_statutory else on


def _person(deadline: Deadline, scope: Scope) -> str:
    """Whose it is, where that is not plain: somebody of the unit, or nobody in a team."""
    holder = deadline.given_to or deadline.person
    if holder is not None:
        return holder.name if scope.unit else ""
    return _("Nobody has it yet") if deadline.unit.kind == UnitKind.TEAM else ""


def _seen(deadline: Deadline, scope: Scope) -> str:
    at, person = deadline.acknowledged_at, deadline.acknowledged_by
    if at is None or person is None or not deadline.is_acknowledged(scope.day):
        return ""
    when = words.moment(at, today=scope.day, weekday=False)
    if person == scope.user:
        return _("You have it in hand, %(when)s") % {"when": when}
    return _("%(name)s has it in hand, %(when)s") % {"name": person.name, "when": when}


def _given(deadline: Deadline, scope: Scope) -> str:
    """From whom and why, to whom it was given; to others, to whom."""
    if deadline.given_to is None or deadline.given_by is None or deadline.given_at is None:
        return ""
    facts = {
        "by": deadline.given_by.name,
        "to": deadline.given_to.name,
        "when": words.moment(deadline.given_at, today=scope.day, weekday=False),
        "reason": deadline.given_reason,
    }
    if deadline.given_to == scope.user:
        return _("Given to you by %(by)s, %(when)s: %(reason)s") % facts
    return _("Given to %(to)s by %(by)s, %(when)s: %(reason)s") % facts


def _put_off(deadline: Deadline, day: date) -> str:
    if deadline.snoozed_until is None or not deadline.is_asleep(day):
        return ""
    until = words.day(deadline.snoozed_until, today=day)
    name = deadline.snoozed_by.name if deadline.snoozed_by else ""
    return _("Put off until %(day)s by %(name)s: %(reason)s") % {
        "day": until,
        "name": name,
        "reason": deadline.snooze_reason,
    }
