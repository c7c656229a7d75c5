"""The notice as a letter: what R-110-8 asks for, and nothing more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from housing.shelters.enums import NoticeKind
from housing.shelters.models import Notice
from housingfirst.law import notices as law
from housingfirst.ui import words
from housingfirst.ui.parts import Fact


def notice_context(notice: Notice, *, cpr: str | None, on: date) -> dict[str, Any]:
    """For `housing/shelters/notice_letter.html`: name, CPR number, shelter, dates and reason."""
    stay = notice.stay
    is_admission = notice.kind == NoticeKind.ADMISSION
    deadline = law.notice_deadline(law.NoticeKind(notice.kind), notice.decided_on)
    unit = stay.shelter.unit
    facts = [
        Fact(_("Citizen"), stay.citizen.name),
        Fact(_("CPR number"), cpr or _("not known")),
        Fact(_("Shelter"), stay.shelter.name),
        Fact(_("Notice"), notice.get_kind_display()),
        Fact(_("Decided"), _long(notice.decided_on)),
    ]
    if stay.citizen.birth_date is not None and cpr is None:
        facts.insert(2, Fact(_("Date of birth"), _long(stay.citizen.birth_date)))
    if is_admission:
        facts.append(Fact(_("Admitted"), _long(stay.admitted_on)))
        facts.append(Fact(_("Comes from"), stay.get_route_display()))
        facts.append(Fact(_("Acute need"), stay.get_need_display()))
        facts.append(Fact(_("Reason"), stay.reason))
    else:
        facts.append(Fact(_("Admitted"), _long(stay.admitted_on)))
        label = _("To be discharged") if notice.is_planned else _("Discharged")
        facts.append(Fact(label, _long(notice.decided_on)))
        facts.append(Fact(_("Goes to"), stay.get_discharge_to_display()))
        facts.append(Fact(_("Reason"), stay.discharge_reason))
    return {
        "title": notice.get_kind_display(),
        "municipality": stay.shelter.name,
        "unit": unit.name if unit.name != stay.shelter.name else "",
        "recipient": list(filter(None, [notice.municipality.name, notice.municipality.email])),
        "on": on,
        "reference": stay.case.number
        if stay.case.municipality_id == notice.municipality_id
        else "",
        "facts": facts,
        "is_admission": is_admission,
        "is_planned": notice.is_planned,
        "source": deadline.source,
        "due": _long(notice.due_on),
        "phone": stay.shelter.phone or unit.phone,
        "address": stay.shelter.address,
    }


def _long(day: date) -> str:
    return words.day_long(day, today=date.min)
