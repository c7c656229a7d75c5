"""What the pages about vacancies, dwellings and estates read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.supply import wording
from housing.supply.models import Area, Dwelling, Estate, Vacancy, VacancyQuerySet
from housing.supply.rent import RentShown, answer_why, rent_shown
from housingfirst.access.enums import Act, UnitKind
from housingfirst.access.models import Unit
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity

if TYPE_CHECKING:
    from datetime import datetime

    from housingfirst.access.models import User

NOW_DAYS: Final = 2
SOON_DAYS: Final = 7
FOUND_AT_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A vacancy as lists show it. `rent` is vacancy rent through today, in whole kroner."""

    vacancy: Vacancy
    name: str
    is_hidden: bool
    is_held: bool
    severity: Severity
    answer: str
    rent: RentShown
    today: date

    @property
    def size(self) -> str:
        return wording.size(self.vacancy.dwelling)

    @property
    def floor(self) -> str:
        dwelling = self.vacancy.dwelling
        return wording.floor(dwelling.floor, has_lift=dwelling.has_lift)

    @property
    def rent_so_far_dkk(self) -> Decimal:
        return self.rent.amount_dkk

    @property
    def facts(self) -> list[Fact]:
        """What a page about one vacancy says of it."""
        vacancy, dwelling, today = self.vacancy, self.vacancy.dwelling, self.today
        answer_by = "–"
        if vacancy.answer_by:
            moment = words.moment(vacancy.answer_by, today=today)
            answer_by = _("%(moment)s, %(why)s") % {"moment": moment, "why": answer_why(vacancy)}
        facts = [
            Fact(_("Rent per month"), words.money(vacancy.rent_dkk)),
            Fact(_("Deposit"), words.money(vacancy.deposit_dkk)),
            Fact(_("Available from"), words.day(vacancy.available_from, today=today)),
            Fact(_("Answer by"), answer_by),
            Fact(_("Reported"), words.day(vacancy.reported_on, today=today)),
            Fact(_("Area"), dwelling.estate.area.name),
            Fact(_("Kind"), dwelling.get_kind_display()),
            Fact(_("Pets"), _("allowed") if dwelling.pets_allowed else _("not allowed")),
            Fact(_("Balcony or garden"), _("yes") if dwelling.has_outdoor_space else _("no")),
            Fact(_("Step-free"), _("yes") if dwelling.step_free else _("no")),
        ]
        if vacancy.closed_on:
            facts.append(Fact(_("Closed"), words.day(vacancy.closed_on, today=today)))
        if vacancy.remark:
            facts.append(Fact(_("Remark"), vacancy.remark))
        return facts


def vacancies(user: User) -> VacancyQuerySet:
    """The vacancies the user sees, with all that a row needs."""
    return (
        Vacancy.objects.visible_to(user)
        .with_hold(user)
        .select_related("dwelling__estate__area", "dwelling__estate__unit")
    )


def row_of(vacancy: Vacancy, today: date) -> VacancyRow:
    """Of a vacancy that came through `vacancies`."""
    is_held = vacancy.closed_on is None and vacancy.held_until is not None
    severity, answer = _answer(vacancy, today)
    return VacancyRow(
        vacancy=vacancy,
        name=wording.place_name(vacancy.dwelling, is_hidden=vacancy.is_hidden),
        is_hidden=vacancy.is_hidden,
        is_held=is_held,
        severity=severity,
        answer=answer,
        rent=rent_shown(vacancy, today),
        today=today,
    )


def _answer(vacancy: Vacancy, today: date) -> tuple[Severity, str]:
    if vacancy.lease_from is not None:
        from_day = words.day(vacancy.lease_from, today=today, weekday=False)
        return "ok", _("Let from %(day)s") % {"day": from_day}
    if vacancy.closed_on is not None:
        return "line", vacancy.get_ended_display()
    if vacancy.held_until is not None:
        until = words.moment(vacancy.held_until, today=today, weekday=False)
        return "wait", _("Offered, answer by %(until)s") % {"until": until}
    if vacancy.answer_by is None:
        return "line", _("No time to answer by")
    return severity_of(vacancy.answer_by, today), _answer_text(vacancy.answer_by, today)


def severity_of(at: datetime, today: date) -> Severity:
    """Of a time to answer by: over, now (today or within two days), soon (a week), ok."""
    days = (timezone.localtime(at).date() - today).days
    if days < 0:
        return "over"
    if days <= NOW_DAYS:
        return "now"
    return "soon" if days <= SOON_DAYS else "ok"


def _answer_text(at: datetime, today: date) -> str:
    day = timezone.localtime(at).date()
    if day < today:
        late = words.relative(day, today=today)
        return _("Answer: %(late)s") % {"late": late}
    if day == today:
        return _("Answer today %(clock)s") % {"clock": words.clock(at)}
    if (day - today).days == 1:
        return _("Answer tomorrow %(clock)s") % {"clock": words.clock(at)}
    return _("Answer in %(days)s") % {"days": words.days((day - today).days)}


def dwellings_found(user: User, text: str) -> list[Dwelling]:
    """Dwellings the user may report vacant, whose address or number holds `text`.

    Those that are reported already say so: `is_vacant`.
    """
    open_now = Vacancy.objects.open().filter(dwelling=OuterRef("pk"))
    found = (
        Dwelling.objects.visible_to(user)
        .select_related("estate__unit", "estate__area")
        .annotate(is_vacant=Exists(open_now))
        .order_by("address", "pk")
    )
    if text:
        found = found.filter(Q(address__icontains=text) | Q(number__icontains=text))
    return list(found[:FOUND_AT_MOST])


def estates_for_report(user: User) -> QuerySet[Estate]:
    """The estates in which the user may describe a new dwelling."""
    return Estate.objects.visible_to(user).select_related("unit", "area").order_by("name", "pk")


def estates_kept(user: User) -> QuerySet[Estate]:
    """The estates whose register the user keeps, with how many dwellings each has."""
    return (
        Estate.objects.filter(
            area__municipality__in={
                unit.municipality_id for unit in user.units_for(Act.ESTATE_WRITE)
            }
        )
        .select_related("unit", "area")
        .annotate(dwelling_count=Count("dwellings"))
        .order_by("unit__name", "name", "pk")
    )


def areas_kept(user: User) -> QuerySet[Area]:
    """The areas whose register the user keeps."""
    return Area.objects.filter(
        municipality__in={unit.municipality_id for unit in user.units_for(Act.ESTATE_WRITE)}
    ).order_by("name", "pk")


def organisations_of(user: User) -> QuerySet[Unit]:
    """The housing organisations of the municipalities whose estates the user keeps."""
    return Unit.objects.filter(
        kind=UnitKind.HOUSING,
        municipality__in={unit.municipality_id for unit in user.units_for(Act.ESTATE_WRITE)},
    ).order_by("name", "pk")
