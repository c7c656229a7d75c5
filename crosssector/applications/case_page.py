"""What applications add to the overview of a case: one line for each that waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.glance import has
from cases.casework.models import Case
from cases.casework.summary import Decision
from crosssector.applications.models import Application, newest_expected
from crosssector.applications.selectors import shown_of
from housingfirst.access.enums import Act
from housingfirst.ui import words


def waits() -> Exists:
    return Exists(
        Application.objects.filter(
            case=OuterRef("pk"), answered_on__isnull=True, withdrawn_on__isnull=True
        )
    )


def lines(case: Case, today: date) -> Iterator[Decision]:
    if not has(case, "application") or Act.HANDOFF_ASK not in case.rights:
        return
    rows = Application.objects.open().filter(case=case)
    for row in rows.annotate(expected_on=newest_expected("application")).order_by("received_on"):
        time = shown_of(row, case.municipality_id, today).time
        if time is not None:
            kind = words.inside(row.get_kind_display())
            yield Decision(
                title=_("Applied for: %(kind)s") % {"kind": kind},
                text=time.text,
                url=reverse("crosssector:application", args=[row.reference]),
                tone="over" if time.needs_letter else "now" if time.severity == "now" else "",
            )
