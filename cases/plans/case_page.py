"""What this subject tells on the overview of a case: the newest of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.glance import glance
from cases.casework.models import Case
from cases.casework.summary import Decision
from cases.plans.enums import OFFERED, SHORT_NAMES, Participation, PlanKind
from cases.plans.models import PlanRecord
from housingfirst.access.enums import Act


def newest() -> ArraySubquery:
    """Read with the case: the newest of each kind."""
    plans = PlanRecord.objects.filter(case=OuterRef("pk"))
    return ArraySubquery(
        plans.order_by("kind", "-made_on", "-pk")
        .distinct("kind")
        .values(json=JSONObject(kind="kind", on="made_on", part="participation"))
    )


def decisions(case: Case, today: date) -> Iterator[Decision]:
    """A line for the newest of each kind; its text is for those who see the whole case."""
    url = reverse("cases:plan_tab", args=[case.reference]) if Act.CASE_WHOLE in case.rights else ""
    found = sorted(glance(case, "plans"), key=lambda plan: plan["on"], reverse=True)
    for plan in found:
        kind = PlanKind(plan["kind"])
        yield Decision(
            title=str(SHORT_NAMES[kind]),
            text=took_part(case.citizen.first_name, kind, Participation(plan["part"])),
            on=date.fromisoformat(plan["on"]),
            url=url,
        )


def took_part(name: str, kind: PlanKind, participation: Participation) -> str:
    """How the citizen took part, in a sentence."""
    if participation == Participation.TOOK_PART:
        return _("%(name)s took part.") % {"name": name}
    if kind in OFFERED:
        return _("Offered; %(name)s declined.") % {"name": name}
    return _("%(name)s did not want to take part; it was made all the same.") % {"name": name}
