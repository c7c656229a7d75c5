"""The lists behind the figures: rows as cells, with what each list is called and ordered by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cases.models import Case
from crosssector.insight.selectors.scope import Scope
from crosssector.insight.selectors.stock import weekly_of
from housingfirst.ui import words

Tone = Literal["", "over", "now", "soon", "ok", "wait", "done"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, with a link, or as a badge of `badge`'s severity. `note` is a 2nd line."""

    text: str
    url: str = ""
    badge: Tone = ""
    note: str = ""
    is_number: bool = False
    is_protected: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its first cell is its heading."""

    head: Cell
    cells: Sequence[Cell]

    def under(self, columns: Columns) -> list[tuple[str, Cell]]:
        """The cells after the first, each with its column's name."""
        return list(zip(columns.names[1:], self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a list; the first is that of the heading cell. `numbers` stand right."""

    names: Sequence[str]
    numbers: Sequence[int] = ()


Shape = Callable[[Any, Scope], Line]


def resident_columns() -> Columns:
    return Columns(
        (
            _("Citizen"),
            _("Shelter"),
            _("Day"),
            _("Reimbursement"),
            _("A week"),
            _("Offer"),
            _("Adviser"),
        ),
        numbers=(2, 4),
    )


def resident_line(stay: Any, scope: Scope) -> Line:
    """`stay` comes from `residents_in`."""
    case, clock = stay.case, getattr(stay, "clock", None)
    weekly = weekly_of(stay, scope.day)
    return Line(
        head=_citizen(case),
        cells=(
            Cell(place_of(stay)),
            Cell(
                _("%(used)d of %(limit)d")
                % {"used": clock.used_on(scope.day), "limit": clock.limit}
                if clock
                else "–",
                is_number=True,
            ),
            _refund(clock, scope),
            Cell(words.money(round(weekly)) if weekly is not None else "–", is_number=True),
            Cell(_("Has one"), badge="done") if stay.has_offer else Cell("–"),
            Cell(case.adviser.name if case.adviser else _("nobody yet")),
        ),
    )


def place_of(stay: Any) -> str:
    """The shelter, unless the citizen's whereabouts are protected."""
    if stay.case.citizen.is_protected:
        return _("place hidden")
    return str(stay.shelter.name)


def refund_words(clock: Any, scope: Scope) -> str:
    over = clock.over_on(scope.day)
    if clock.last_refundable_on < scope.day:
        return ngettext("%(n)d day over", "%(n)d days over", over) % {"n": over}
    left = clock.left_on(scope.day)
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}


def waiting_columns() -> Columns:
    return Columns(
        (_("Citizen"), _("Waited"), _("Since"), _("Offer"), _("Papers"), _("Adviser")), numbers=(1,)
    )


def waiting_line(referral: Any, scope: Scope) -> Line:
    """`referral` comes from `page_of_waiting`."""
    case = referral.case
    return Line(
        head=_citizen(case),
        cells=(
            Cell(words.days(max(referral.days, 0)), is_number=True),
            Cell(words.day(referral.waits_from, today=scope.day, weekday=False)),
            Cell(_("Has one"), badge="done") if referral.has_offer else Cell("–"),
            Cell(_("Missing"), badge="soon") if referral.misses_papers else Cell(_("All here")),
            Cell(case.adviser.name if case.adviser else _("nobody yet")),
        ),
    )


def offer_columns() -> Columns:
    return Columns((_("Citizen"), _("Answer by"), _("Home"), _("Rent"), _("Offered")), numbers=(3,))


def offer_line(offer: Any, scope: Scope) -> Line:
    """The home by its size and rent: its address is the citizen's own, soon."""
    home = offer.dwelling
    rooms = ngettext("%(n)d room", "%(n)d rooms", home.rooms) % {"n": home.rooms}
    return Line(
        head=_citizen(offer.case),
        cells=(
            due_cell(offer.answer_by, scope),
            Cell(f"{rooms}, {home.size_m2} m²"),
            Cell(words.money(offer.vacancy.rent_dkk), is_number=True),
            Cell(words.moment(offer.offered_at, today=scope.day, weekday=False)),
        ),
    )


def handoff_columns() -> Columns:
    return Columns(
        (
            _("Citizen"),
            pgettext("column", "Partner"),
            _("What"),
            _("Answer due"),
            _("Amount"),
            _("Status"),
        ),
        numbers=(4,),
    )


def handoff_line(handoff: Any, scope: Scope) -> Line:
    return Line(
        head=_citizen(handoff.case),
        cells=(
            Cell(handoff.to_unit.name),
            Cell(handoff.get_kind_display()),
            due_cell(handoff.due_at, scope),
            Cell(words.money(handoff.amount_dkk), is_number=True),
            Cell(handoff.get_status_display()),
        ),
    )


def home_columns() -> Columns:
    return Columns(
        (
            _("Home"),
            _("Housing organisation"),
            _("Vacancy rent from"),
            _("A week"),
            _("Offered"),
        ),
        numbers=(3,),
    )


def home_line(vacancy: Any, scope: Scope) -> Line:
    """An empty home by its estate and size: whoever is offered it is not to be found by it."""
    home = vacancy.dwelling
    rooms = ngettext("%(n)d room", "%(n)d rooms", home.rooms) % {"n": home.rooms}
    size = f"{rooms}, {home.size_m2} m²"
    return Line(
        head=Cell(f"{home.estate.name}, {size}"),
        cells=(
            Cell(home.estate.unit.name),
            Cell(words.day(vacancy.vacancy_rent_from, today=scope.day, weekday=False)),
            Cell(words.money(round(vacancy.weekly_dkk)), is_number=True),
            Cell(_("Yes"), badge="done") if vacancy.live else Cell(_("No")),
        ),
    )


def _citizen(case: Case) -> Cell:
    return Cell(
        case.citizen.name,
        url=reverse("cases:case_detail", args=[case.reference]),
        note=case.number,
        is_protected=case.citizen.is_protected,
    )


def _refund(clock: Any, scope: Scope) -> Cell:
    if clock is None:
        return Cell("–")
    text = refund_words(clock, scope)
    on = words.day(clock.last_refundable_on, today=scope.day, weekday=False)
    if clock.last_refundable_on < scope.day:
        return Cell(text, badge="over", note=_("ran out %(day)s") % {"day": on})
    near: Tone = "now" if clock.left_on(scope.day) <= 14 else "ok"
    return Cell(text, badge=near, note=_("last day %(day)s") % {"day": on})


def due_cell(at: Any, scope: Scope) -> Cell:
    """How near an instant is, with the instant itself beneath."""
    on = timezone.localdate(at)
    note = f"{words.day(on, today=scope.day)} {words.clock(at)}"
    if at <= scope.now:
        span = _("%(span)s over") % {"span": words.hours(scope.now - at)}
        return Cell(span, badge="over", note=note)
    text = words.relative(on, today=scope.day)
    return Cell(text, badge="now" if (on - scope.day).days <= 1 else "ok", note=note)
