"""What this app tells on the pages of a case: decisions, the worker, and whose case it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.casework.models import Case
from cases.casework.summary import Around, Decision
from housingfirst.access.models import User
from support.enrolments.models import Enrolment
from support.methods.models import SupportDecision


def decisions(case: Case, today: date) -> Iterator[Decision]:
    """Each decision on support by paragraph and method; its reasons stand on its own page."""
    url = reverse("support:support_tab", args=[case.reference])
    found = SupportDecision.objects.filter(case=case).order_by("-decided_on", "-pk")
    for decision in found:
        method = decision.get_method_display()
        paragraph = "§\u00a085\u00a0a" if decision.section == "85a" else "§\u00a085"
        yield Decision(title=f"{paragraph}, {method}", on=decision.decided_on, url=url)


def people(case: Case, today: date) -> Iterator[Around]:
    """The support workers of the courses that run."""
    running = Enrolment.objects.active().filter(case=case, worker__isnull=False)
    for enrolment in running.select_related("worker").order_by("started_on", "pk"):
        if enrolment.worker is not None:
            yield Around(
                name=enrolment.worker.name,
                role=_("Support worker, %(method)s") % {"method": enrolment.get_method_display()},
                since=enrolment.started_on,
                phone=enrolment.worker.phone,
                user_id=enrolment.worker.pk,
            )


def is_mine(user: User, today: date) -> Q:
    """A case is a support worker's own when they carry its course."""
    carried = Enrolment.objects.active().filter(worker=user, case=OuterRef("pk"))
    return Q(Exists(carried))
