"""The dry run: what each row of a file of stays would do. A few queries, whatever its length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.citizens.cpr import Cpr
from cases.citizens.models import Citizen
from housing.shelters.enums import DischargeTo
from housing.shelters.models import Bed, Shelter, Stay
from housingfirst.access.models import Municipality
from housingfirst.base.crypto import blind_index
from housingfirst.imports.columns import ReadLine
from housingfirst.imports.enums import LineStatus
from housingfirst.imports.importers import Planned, error_line

Who = tuple[str, Any]
"""A person of the file: by CPR index, or by name and date of birth."""
CORRECTED = {
    "discharged_on": "discharged_on",
    "to": "discharge_to",
    "rate": "daily_rate_dkk",
    "payment": "resident_payment_dkk",
    "reason": "reason",
    "route": "route",
}
"""The columns that may correct a stay that is there, and the fields they correct."""


@dataclass(slots=True)
class StayRow:
    """What `apply` needs of a row that is new or changed."""

    who: Who
    name: str
    cpr: Cpr | None
    birth_date: date | None
    citizen: Citizen | None
    municipality: Municipality
    bed: Bed | None
    stay: Stay | None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """What the database knows of the persons of the file, fetched once."""

    shelter: Shelter
    today: date
    rates: list[tuple[date, Decimal, Decimal]]
    citizens: dict[Who, Citizen]
    by_number: dict[str, Stay]
    by_day: dict[tuple[int, date], Stay]
    spans: dict[Who, list[tuple[date, date | None, int | None]]]
    beds: dict[str, Bed]
    taken: dict[int, list[tuple[date, date | None, int | None]]]
    municipalities: dict[str, Municipality]

    def rate_on(self, day: date) -> tuple[Decimal, Decimal] | None:
        return next(((rate, pays) for since, rate, pays in self.rates if since <= day), None)


def who_of(values: dict[str, Any]) -> Who | None:
    if values["cpr"] is not None:
        return ("cpr", blind_index(values["cpr"].digits))
    if values["name"] and values["birth_date"]:
        return ("name", (values["name"].casefold(), values["birth_date"]))
    return None


def fetch(shelter: Shelter, lines: Sequence[ReadLine]) -> Known:
    """All that planning asks of the database."""
    people = {who for line in lines if (who := who_of(dict(line.values))) is not None}
    citizens: dict[Who, Citizen] = {}
    for citizen in Citizen.objects.filter(cpr_index__in=[v for kind, v in people if kind == "cpr"]):
        citizens["cpr", bytes(citizen.cpr_index or b"")] = citizen
    born = [value[1] for kind, value in people if kind == "name"]
    nameless = Citizen.objects.filter(cpr_index__isnull=True, birth_date__in=born)
    # Somebody of that name whom the shelter has not had is another person until a human says so.
    for citizen in nameless.filter(stays__shelter=shelter).distinct():
        who = ("name", (citizen.name.casefold(), citizen.birth_date))
        if who in people:
            citizens[who] = citizen
    who_by_id = {citizen.pk: who for who, citizen in citizens.items()}
    spans: dict[Who, list[tuple[date, date | None, int | None]]] = defaultdict(list)
    by_number: dict[str, Stay] = {}
    by_day: dict[tuple[int, date], Stay] = {}
    for stay in Stay.objects.filter(citizen__in=who_by_id).select_related("case"):
        spans[who_by_id[stay.citizen_id]].append((stay.admitted_on, stay.discharged_on, stay.pk))
        if stay.shelter_id == shelter.pk:
            by_day[stay.citizen_id, stay.admitted_on] = stay
    numbers = [line.values["external_id"] for line in lines if line.values["external_id"]]
    for stay in shelter.stays.filter(external_id__in=numbers).select_related("case"):
        by_number[stay.external_id] = stay
    beds = {
        bed.label.casefold(): bed
        for bed in Bed.objects.filter(room__shelter=shelter, in_use=True).select_related("room")
    }
    taken: dict[int, list[tuple[date, date | None, int | None]]] = defaultdict(list)
    for bed_id, since, until, pk in shelter.stays.filter(bed__isnull=False).values_list(
        "bed", Coalesce("bed_from", "admitted_on"), "discharged_on", "pk"
    ):
        taken[bed_id].append((since, until, pk))
    municipalities = {}
    for place in Municipality.objects.all():
        municipalities[place.code] = place
        municipalities[place.name.casefold()] = place
    return Known(
        shelter=shelter,
        today=timezone.localdate(),
        rates=list(
            shelter.rates.order_by("-valid_from").values_list(
                "valid_from", "daily_rate_dkk", "resident_payment_dkk"
            )
        ),
        citizens=citizens,
        by_number=by_number,
        by_day=by_day,
        spans=spans,
        beds=beds,
        taken=taken,
        municipalities=municipalities,
    )


def plan_line(line: ReadLine, known: Known) -> Planned:
    """What the row would do. Rows planned before it count as if they were there already."""
    if line.errors:
        return error_line(line)
    values = dict(line.values)
    problems = _problems(values, known)
    who = who_of(values)
    if problems or who is None:
        return error_line(line, *problems)
    citizen = known.citizens.get(who)
    stay = known.by_number.get(values["external_id"] or "")
    if stay is not None and citizen is not None and stay.citizen_id != citizen.pk:
        return error_line(line, _("The number belongs to another citizen's stay."))
    if stay is None and citizen is not None:
        stay = known.by_day.get((citizen.pk, values["admitted_on"]))
    row = StayRow(
        who=who,
        name=values["name"],
        cpr=values["cpr"],
        birth_date=values["birth_date"],
        citizen=citizen,
        municipality=_municipality(values, known) or known.shelter.unit.municipality,
        bed=known.beds.get((values["bed"] or "").casefold()),
        stay=stay,
        values=values,
    )
    return _correction(line, row, known) if stay is not None else _admission(line, row, known)


def _admission(line: ReadLine, row: StayRow, known: Known) -> Planned:
    values = row.values
    since, until = values["admitted_on"], values["discharged_on"]
    usual = known.rate_on(since)
    if usual is None and (values["rate"] is None or values["payment"] is None):
        return error_line(line, _("The shelter has no rate on that day. Write rate and payment."))
    if usual is not None:
        if values["rate"] is None:
            values["rate"] = usual[0]
        if values["payment"] is None:
            values["payment"] = usual[1]
    if values["payment"] > values["rate"]:
        return error_line(line, _("The resident pays more than the rate."))
    if _meets(known.spans[row.who], since, until, None):
        return error_line(line, _("The citizen already stays at a shelter in that time."))
    if row.bed is not None:
        if _meets(known.taken[row.bed.pk], since, until, None):
            return error_line(
                line, _("Bed %(bed)s is taken in that time.") % {"bed": row.bed.label}
            )
        known.taken[row.bed.pk].append((since, until, None))
    known.spans[row.who].append((since, until, None))
    return Planned(line.number, LineStatus.NEW, "", row)


def _correction(line: ReadLine, row: StayRow, known: Known) -> Planned:
    stay, values = row.stay, row.values
    assert stay is not None  # only corrections come here
    if values["discharged_on"] is not None and values["discharged_on"] < stay.admitted_on:
        return error_line(line, _("The discharge is before the admission."))
    if values["admitted_on"] != stay.admitted_on:
        return error_line(
            line,
            _("The stay is registered from %(day)s. Correct the admission on the stay's page.")
            % {"day": stay.admitted_on.strftime("%d-%m-%Y")},
        )
    changed = {
        column: values[column]
        for column, name in CORRECTED.items()
        if values[column] is not None and values[column] != getattr(stay, name)
    }
    if "discharged_on" in changed and stay.discharged_on is not None:
        return error_line(line, _("The citizen has already been discharged on another day."))
    if not changed:
        return Planned(line.number, LineStatus.SAME)
    until = changed.get("discharged_on", stay.discharged_on)
    if _meets(known.spans[row.who], stay.admitted_on, until, stay.pk):
        return error_line(line, _("The citizen already stays at a shelter in that time."))
    row.values = changed
    titles = {
        "discharged_on": _("discharge"),
        "to": _("discharged to"),
        "rate": _("rate"),
        "payment": _("payment"),
        "reason": _("reason"),
        "route": _("comes from"),
    }
    return Planned(
        line.number, LineStatus.CHANGED, ", ".join(titles[column] for column in changed), row
    )


def _problems(values: dict[str, Any], known: Known) -> list[str]:
    """What is wrong with the row by itself."""
    problems = []
    since, until = values["admitted_on"], values["discharged_on"]
    if since is None:
        problems.append(_("The day of admission is missing."))
    elif since > known.today:
        problems.append(_("The admission is in the future."))
    if until is not None:
        if until > known.today:
            problems.append(_("The discharge is in the future."))
        if since is not None and until < since:
            problems.append(_("The discharge is before the admission."))
        values["to"] = values["to"] or DischargeTo.UNKNOWN.value
    else:
        values["to"] = None
    if who_of(values) is None:
        problems.append(_("Write a CPR number, or a name and a date of birth."))
    elif not values["name"]:
        problems.append(_("The name is missing."))
    if values["birth_date"] is not None and values["birth_date"] > known.today:
        problems.append(_("The date of birth is in the future."))
    if values["bed"] and values["bed"].casefold() not in known.beds:
        problems.append(_("The shelter has no bed “%(bed)s”.") % {"bed": values["bed"]})
    if values["municipality"] and _municipality(values, known) is None:
        problems.append(
            _("There is no municipality “%(name)s”.") % {"name": values["municipality"]}
        )
    return problems


def _municipality(values: dict[str, Any], known: Known) -> Municipality | None:
    text = (values["municipality"] or "").strip()
    name = text.casefold().removesuffix(" kommune")
    return known.municipalities.get(text.zfill(4) if text.isdigit() else name)


def _meets(
    spans: list[tuple[date, date | None, int | None]],
    since: date,
    until: date | None,
    own: int | None,
) -> bool:
    """Whether [since, until) shares a day with one of `spans`, other than `own`."""
    return any(
        (pk is None or pk != own)
        and (until is None or start < until)
        and (end is None or since < end)
        for start, end, pk in spans
        if end is None or end > start
    ) and (until is None or until > since)
