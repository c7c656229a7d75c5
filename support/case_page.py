"""What this app tells on the pages of a case: decisions, the worker, and whose case it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.glance import glance
from cases.casework.models import Case
from cases.casework.summary import Around, Decision
from housingfirst.access.models import User
from support.enrolments.models import Enrolment
from support.methods.enums import Method, SupportSection
from support.methods.models import SupportDecision


def _decided() -> ArraySubquery:
    decisions = SupportDecision.objects.filter(case=OuterRef("pk")).order_by("-decided_on", "-pk")
    return ArraySubquery(
        decisions.values(json=JSONObject(section="section", method="method", on="decided_on"))
    )


def _carried() -> ArraySubquery:
    running = Enrolment.objects.active().filter(case=OuterRef("pk"), worker__isnull=False)
    return ArraySubquery(
        running.order_by("started_on", "pk").values(
            json=JSONObject(
                method="method",
                on="started_on",
                worker="worker_id",
                name="worker__name",
                phone="worker__phone",
            )
        )
    )


def _running() -> Exists:
    return Exists(Enrolment.objects.filter(case=OuterRef("pk"), ended_on__isnull=True))


GLANCES = {"support_decisions": _decided, "support_workers": _carried, "enrolment": _running}
"""Read with the case, so that the overview asks for no more than there is."""


def decisions(case: Case, today: date) -> Iterator[Decision]:
    """Each decision on support by paragraph and method; its reasons stand on its own page."""
    url = reverse("support:support_tab", args=[case.reference])
    for decided in glance(case, "support_decisions"):
        method = Method(decided["method"]).label
        paragraph = SupportSection(decided["section"]).paragraph
        on = date.fromisoformat(decided["on"])
        yield Decision(title=f"{paragraph}, {method}", on=on, url=url)


def people(case: Case, today: date) -> Iterator[Around]:
    """The support workers of the courses that run."""
    for carried in glance(case, "support_workers"):
        yield Around(
            name=carried["name"],
            role=_("Support worker, %(method)s") % {"method": Method(carried["method"]).label},
            since=date.fromisoformat(carried["on"]),
            phone=carried["phone"],
            user_id=carried["worker"],
        )


def is_mine(user: User, today: date) -> Q:
    """A case is a support worker's own when they carry its course."""
    carried = Enrolment.objects.active().filter(worker=user, case=OuterRef("pk"))
    return Q(Exists(carried))
