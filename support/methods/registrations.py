"""What this subject adds to the registries of other apps."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.casework.path import PathStep, register_step
from support.methods import events
from support.methods.models import SupportDecision


def register() -> None:
    events.register()
    register_step(
        PathStep(
            key="support",
            order=50,
            label=_("Support decided"),
            missing=_("Next: a decision on support"),
            taken=lambda: Exists(SupportDecision.objects.filter(case=OuterRef("pk"))),
        )
    )
