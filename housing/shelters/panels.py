"""What this subject shows on the pages of a case: the clock, and where the citizen stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.casework.glance import has
from cases.casework.models import Case
from cases.casework.whereabouts import Place
from housing.shelters.clock import running_clock
from housing.shelters.models import ReimbursementClock, Stay
from housingfirst.access.enums import Act
from housingfirst.base.http import Request
from housingfirst.ui import words
from housingfirst.ui.figures import NEAR_LIMIT_DAYS, Clock
from housingfirst.ui.parts import Fact


def tone_of(clock: ReimbursementClock, today: date) -> str:
    """The class of words about the clock: "over", "now" or none."""
    if clock.over_on(today):
        return "over"
    return "now" if clock.left_on(today) <= NEAR_LIMIT_DAYS else ""


def left_in_words(clock: ReimbursementClock, today: date) -> str:
    """ "13 days left" or "24 days over the limit"."""
    over, left = clock.over_on(today), clock.left_on(today)
    if over:
        return ngettext("%(n)d day over the limit", "%(n)d days over the limit", over) % {"n": over}
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}


def clock_fact(case: Case, today: date) -> str | None:
    """The header's sentence: "§ 110: day 77 of 90, 13 days left"."""
    clock = running_clock(case, today)
    if clock is None:
        return None
    tone = tone_of(clock, today)
    return format_html(
        "{}: <b>{}</b>, {}",
        "§\u00a0110",
        _("day %(day)d of %(limit)d") % {"day": clock.used_on(today), "limit": clock.limit},
        format_html('<b class="t-{}">{}</b>', tone, left_in_words(clock, today))
        if tone
        else left_in_words(clock, today),
    )


def clock_panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The overview's panel; None without a running stay."""
    today = timezone.localdate()
    clock = running_clock(case, today)
    if clock is None:
        return None
    over = clock.over_on(today)
    return {
        "tone": tone_of(clock, today),
        "number": over or clock.left_on(today),
        "is_over": bool(over),
        "figure": figure_of(clock, today),
        "facts": clock_facts(clock, today, written=words.money_about),
        "url": reverse("housing:reimbursement", args=[case.reference])
        if Act.REIMBURSEMENT_VIEW in case.rights
        else "",
    }


def clock_facts(
    clock: ReimbursementClock, today: date, *, written: Callable[[Decimal], str] = words.money
) -> list[Fact]:
    """The clock in words; `written` is how its amounts are: to the øre, unless told otherwise."""
    weekly = _("%(extra)s more (%(after)s instead of %(before)s)") % {
        "extra": written(clock.weekly_extra_dkk),
        "after": written(clock.weekly_after_dkk),
        "before": written(clock.weekly_before_dkk),
    }
    used = _("%(used)d of %(limit)d days") % {
        "used": clock.used_on(today),
        "limit": clock.limit,
    }
    is_past = clock.last_refundable_on < today
    return [
        Fact(_("Used in the running year"), used),
        Fact(
            _("Last day with reimbursement"),
            words.day(clock.last_refundable_on, today=today),
            tone="over" if is_past else "",
        ),
        Fact(_("Each week now") if is_past else _("Each week after"), weekly),
        Fact(_("New days open"), words.day(clock.year_resets_on, today=today, weekday=False)),
    ]


def figure_of(clock: ReimbursementClock, today: date) -> Clock:
    """The bar to scale: days before this stay, days of it, the limit."""
    used = clock.used_on(today)
    since = max(clock.stay.admitted_on, clock.year_starts_on)
    current = min((today - since).days + 1, used)
    last = words.day(clock.last_refundable_on, today=today, weekday=False)
    opens = words.day(clock.year_resets_on, today=today, weekday=False)
    finding = _(
        "Reimbursement clock: %(before)d days used before, %(now)d days since %(since)s, %(left)s, "
        "last day with reimbursement %(last)s, new days from %(opens)s."
    ) % {
        "before": used - current,
        "now": current,
        "since": words.day(since, today=today, weekday=False),
        "left": left_in_words(clock, today),
        "last": last,
        "opens": opens,
    }
    return Clock(
        previous_days=used - current,
        current_days=current,
        limit_days=clock.limit,
        finding=finding,
        previous_label=_("%(n)d before") % {"n": used - current},
        current_label=_("%(n)d days since %(day)s")
        % {"n": current, "day": words.day(since, today=today, weekday=False)},
        today_label=_("Today, day %(n)d") % {"n": used},
        limit_label=_("Limit %(n)d · %(day)s") % {"n": clock.limit, "day": last},
        after_label=_("no reimbursement"),
        known_left=clock.left_on(today),
        known_over=clock.over_on(today),
    )


def shelter_place(case: Case, today: date) -> Place | None:
    """The shelter and the bed. Asked only when the reader may know the place."""
    stay = _running_stay(case, today)
    if stay is None:
        return None
    bed = _("Bed %(bed)s") % {"bed": stay.bed.label} if stay.bed else ""
    return Place(
        name=stay.shelter.name,
        detail=", ".join(filter(None, [bed, stay.shelter.address])),
        phone=stay.shelter.phone or stay.shelter.unit.phone,
        since=stay.admitted_on,
    )


def _running_stay(case: Case, today: date) -> Stay | None:
    """The case's open stay; the clock's own where it has one."""
    if not has(case, "stay"):
        return None
    clock = running_clock(case, today)
    if clock is not None and clock.stay.case_id == case.pk:
        return clock.stay
    stays = Stay.objects.open().filter(case=case)
    return stays.select_related("shelter__unit", "bed__room").first()


def with_clock(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """For the list of citizens: what `clock_cell` reads."""
    clocks: QuerySet[Any] = ReimbursementClock.objects.at(today).filter(
        stay__citizen=OuterRef("citizen"), stay__discharged_on__isnull=True
    )
    return cases.annotate(
        shelter_day=Subquery(clocks.values("days_used")[:1]),
        shelter_left=Subquery(clocks.values("days_left")[:1]),
        shelter_over=Subquery(clocks.values("days_over")[:1]),
    )


def clock_cell(case: Case, today: date) -> str:
    """ "day 77, 13 left" of a row that came through `with_clock`."""
    row = vars(case)
    day, left, over = row["shelter_day"], row["shelter_left"], row["shelter_over"]
    if day is None:
        return ""
    rest = _("%(n)d over") % {"n": over} if over else _("%(n)d left") % {"n": left}
    tone = "over" if over else "now" if left <= NEAR_LIMIT_DAYS else ""
    marked = format_html('<b class="t-{}">{}</b>', tone, rest) if tone else rest
    return format_html("{}, {}", _("day %(day)d") % {"day": day}, marked)
