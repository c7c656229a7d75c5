"""What the referral's page draws by hand: the areas in order, and the table of papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms.boundfield import BoundField
from django.http import QueryDict

from housing.allocation.enums import PaperKind
from housing.allocation.forms.referral import ReferralForm
from housing.allocation.models import HousingReferral
from housing.supply.models import Area


@dataclass(frozen=True, slots=True)
class AreaButton:
    pk: int
    label: str
    is_pressed: bool


def area_buttons(areas: list[Area], chosen: list[str]) -> list[AreaButton]:
    """The chosen ones first, with their numbers; the rest by name."""
    rank = {pk: place for place, pk in enumerate(chosen, start=1)}
    ordered = sorted(areas, key=lambda area: rank.get(str(area.pk), len(areas) + 1))
    return [
        AreaButton(
            area.pk,
            f"{rank[str(area.pk)]} {area.name}" if str(area.pk) in rank else area.name,
            str(area.pk) in rank,
        )
        for area in ordered
    ]


def toggled(chosen: list[str], area: str) -> list[str]:
    """Pressed again it goes, pressed anew it stands last."""
    rest = [one for one in chosen if one != area]
    return rest if len(rest) < len(chosen) else [*chosen, area]


def typed(form: ReferralForm) -> dict[str, Any]:
    """What the form says now: typed and readable, else what it was opened with."""
    if not form.is_bound:
        return dict(form.initial)
    data = dict(getattr(form, "cleaned_data", {}))
    if isinstance(form.data, QueryDict):
        data.setdefault("areas", form.data.getlist("areas"))
    return data


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the table of papers."""

    label: str
    state: BoundField
    who: BoundField
    received_on: date | None
    due_on: date | None


def paper_rows(form: ReferralForm, referral: HousingReferral | None) -> list[PaperRow]:
    known = {paper.kind: paper for paper in referral.papers.all()} if referral else {}
    rows = []
    for kind in PaperKind:
        paper = known.get(kind)
        rows.append(
            PaperRow(
                label=str(kind.label),
                state=form[f"paper_{kind.value}"],
                who=form[f"who_{kind.value}"],
                received_on=paper.received_on if paper else None,
                due_on=paper.due_on if paper and paper.received_on is None else None,
            )
        )
    return rows
