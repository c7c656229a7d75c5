"""The kinds of events this subject publishes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crosssector.handoffs.enums import HandoffKind
from housingfirst.events.kinds import Category, register_kind
from housingfirst.ui import words

HANDOFF_ASKED = "handoff.asked"
HANDOFF_NOT_ASKED = "handoff.not_asked"
HANDOFF_OPENED = "handoff.opened"
HANDOFF_QUESTION = "handoff.question"
HANDOFF_REPLIED = "handoff.replied"
HANDOFF_GRANTED = "handoff.granted"
HANDOFF_REFUSED = "handoff.refused"
HANDOFF_WITHDRAWN = "handoff.withdrawn"
SERVICE_LEVEL_SET = "service_level.set"
SERVICE_LEVEL_REMOVED = "service_level.removed"


def register() -> None:
    for key, sentence, is_important in (
        (HANDOFF_ASKED, _("%(kind)s asked of %(unit)s: %(amount_dkk)s"), True),
        (
            HANDOFF_NOT_ASKED,
            _("%(kind)s could not be asked: the municipality has no benefits office here"),
            True,
        ),
        (HANDOFF_OPENED, _("%(unit)s opened the handoff: %(kind)s"), False),
        (HANDOFF_QUESTION, _("%(unit)s asks a question: %(kind)s"), True),
        (HANDOFF_REPLIED, _("%(unit)s got our reply: %(kind)s"), False),
        (HANDOFF_GRANTED, _("%(kind)s granted by %(unit)s: %(amount_dkk)s"), True),
        (HANDOFF_REFUSED, _("%(kind)s refused by %(unit)s"), True),
        (SERVICE_LEVEL_SET, _("%(kind)s: the agreement with %(unit)s is set"), False),
        (SERVICE_LEVEL_REMOVED, _("%(kind)s: the agreement with %(unit)s is removed"), False),
        (HANDOFF_WITHDRAWN, _("%(kind)s is no longer asked of %(unit)s"), False),
    ):
        register_kind(
            key, Category.HANDOFF, sentence, is_important=is_important, text_params=_params
        )


def _params(data: Mapping[str, Any]) -> Mapping[str, Any]:
    amount = data.get("amount_dkk")
    return {
        "kind": words.inside(HandoffKind(data["kind_of"]).label),
        "unit": data.get("unit", ""),
        "amount_dkk": words.money(Decimal(amount)) if amount is not None else "",
    }
