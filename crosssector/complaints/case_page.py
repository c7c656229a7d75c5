"""What complaints add to the overview of a case: one line while a complaint is not over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.glance import has
from cases.casework.models import Case
from cases.casework.summary import Decision
from crosssector.complaints.clock import clock, said
from crosssector.complaints.models import Complaint
from housingfirst.access.enums import Act


def runs() -> Exists:
    return Exists(Complaint.objects.open().filter(case=OuterRef("pk")))


def lines(case: Case, today: date) -> Iterator[Decision]:
    if not has(case, "complaint") or Act.CASE_WHOLE not in case.rights:
        return
    for row in Complaint.objects.open().filter(case=case).order_by("received_on"):
        tone, text = said(clock(case, row.told_on, today, row), today, row)
        yield Decision(
            title=_("Complaint: %(decision)s") % {"decision": row.title},
            text=text,
            url=reverse("crosssector:complaint", args=[row.reference]),
            tone=tone,
        )


def still_runs(case: Case) -> str | None:
    """Why a case cannot be closed yet."""
    if Complaint.objects.ours().filter(case=case).exists():
        return _("A complaint waits for the municipality: look at the decision again first.")
    return None
