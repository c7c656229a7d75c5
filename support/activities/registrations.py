"""What this subject adds to the registries of other apps."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.casework.glance import has, register_glance
from cases.casework.models import Case
from cases.casework.panels import Panel, register_panel
from housingfirst.access.what import name_details, name_what
from housingfirst.base.http import Request
from support.activities import deadlines, events
from support.activities.models import ActivityWish

GLANCE = "activity_wish"


def register() -> None:
    events.register()
    deadlines.register()
    register_glance(GLANCE, _unanswered)
    register_panel(
        Panel(
            key="activities",
            order=55,
            column="side",
            template="support/activity/_panel.html",
            context=_panel,
            prints=False,
        )
    )
    name_what({
        "activity_wish": _("a wish for activity"),
        "activities": _("the wishes for activity"),
        "activity_answer": _("a wish for activity"),
    })  # fmt: skip
    name_details({deadlines.WISH: _("an unanswered wish for activity")})


def _unanswered() -> Exists:
    return Exists(ActivityWish.objects.unanswered().filter(case=OuterRef("pk")))


def _panel(request: Request, case: Case) -> dict[str, list[ActivityWish]] | None:
    """The overview's panel: wishes that wait for an answer; None without any."""
    if not has(case, GLANCE):
        return None
    wishes = ActivityWish.objects.unanswered().filter(case=case).order_by("said_on", "pk")
    return {"wishes": list(wishes[:5])}
