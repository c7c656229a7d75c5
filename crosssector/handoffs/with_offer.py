"""Handoffs as those see them who asked with an offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from crosssector.handoffs.enums import HandoffStatus
from crosssector.handoffs.models import Handoff
from crosssector.handoffs.task import task_of
from housing.allocation.asked import Asked
from housing.allocation.models import Offer
from housingfirst.law.days import copenhagen_date
from housingfirst.ui import words


def asked_with_offers(offers: Sequence[Offer], now: datetime) -> Mapping[int, Sequence[Asked]]:
    """One query for all. A handoff that was withdrawn is left out: nobody waits for it."""
    handoffs = (
        Handoff.objects.filter(offer__in=offers)
        .exclude(status=HandoffStatus.WITHDRAWN)
        .select_related("to_unit")
        .order_by("asked_at", "pk")
    )
    told: dict[int, list[Asked]] = defaultdict(list)
    for handoff in handoffs:
        if handoff.offer_id is not None:
            told[handoff.offer_id].append(_asked(handoff, now))
    return told


def _asked(handoff: Handoff, now: datetime) -> Asked:
    task, today = task_of(handoff, now, ours=True), copenhagen_date(now)
    what = _("%(kind)s: %(unit)s") % {
        "kind": handoff.get_kind_display(),
        "unit": handoff.to_unit.name,
    }
    if handoff.status == HandoffStatus.QUESTION:
        # The question stands in the case, and is the team's to answer.
        state = _("Asks the team")
        when = _("The clock stands until the team replies.")
        return Asked(what, "wait", state, when)
    if handoff.answered_at is not None:
        at = words.moment(handoff.answered_at, today=today)
        when = _("answered %(when)s") % {"when": at}
    else:
        when = _("answer by %(when)s") % {"when": words.moment(handoff.due_at, today=today)}
    return Asked(what, task.mark, task.mark_text, when)
