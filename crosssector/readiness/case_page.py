"""What readiness tells on the overview of a case: a decision that must come before a discharge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.glance import has
from cases.casework.models import Case
from cases.casework.summary import Decision
from housing.shelters.enums import Section
from housing.shelters.models import Stay
from support.methods.enums import SupportSection
from support.methods.models import SupportDecision


def undecided() -> Exists:
    """Whether the case has an open stay at a § 110 boform and no § 85 a support is decided."""
    decided = SupportDecision.objects.filter(case=OuterRef("case"), section=SupportSection.S85A)
    staying = Stay.objects.open().filter(case=OuterRef("pk"), shelter__section=Section.S110)
    return Exists(staying.filter(~Exists(decided)))


def missing_decision(case: Case, today: date) -> Iterator[Decision]:
    """A line while the citizen stays at a § 110 boform and no § 85 a support is decided."""
    if has(case, "undecided"):
        yield Decision(
            title=_("Support under § 85 a"),
            text=_("Not decided. It must be before the discharge to be reimbursed."),
            url=reverse("support:support_tab", args=[case.reference]),
            tone="now",
        )
