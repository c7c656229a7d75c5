"""Applications that wait: one in its time, one that is over it and nobody has told the citizen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from crosssector.applications.enums import ApplicationKind
from crosssector.demo.rows import at
from crosssector.models import Application

if TYPE_CHECKING:
    from crosssector.demo.lives import Lives

APPLIED: Final = (
    (ApplicationKind.ONE_OFF_COSTS, 12, "Seng, køkkengrej og en lampe."),
    (ApplicationKind.MOVING_COSTS, 26, "Flytning fra herberget til egen bolig."),
)
"""What, how many days ago, and what about."""


def apply(lives: Lives) -> None:
    """By the two who moved into a home last."""
    rows = lives.rows
    homes = [
        person
        for person in lives.people
        if person.tenancy is not None and person.adviser is not None
    ]
    homes.sort(key=lambda person: person.tenancy.starts_on if person.tenancy else rows.today)
    for person, (kind, days, text) in zip(reversed(homes), APPLIED, strict=False):
        received_on = max(rows.today - timedelta(days=days), person.case.opened_on)
        row = rows.add(
            Application(
                case=person.case,
                kind=kind,
                received_on=received_on,
                text=text,
                written_by=person.adviser,
            )
        )
        rows.event(
            "application.received", person.case, at(received_on, 13), person.adviser,
            row.reference, application=kind.value, received_on=received_on,
        )  # fmt: skip
