"""What this subject adds to the registries of other apps."""

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.casework.closing import register_running
from cases.casework.models import Case
from cases.casework.tabs import Tab, register_tab
from crosssector.handoffs import deadlines, events, reactions
from crosssector.handoffs.models import Handoff
from crosssector.handoffs.selectors import waiting_count
from crosssector.handoffs.with_offer import asked_with_offers
from housing.allocation.asked import register_asked
from housing.allocation.events import OFFER_DECLINED, OFFER_EXPIRED, OFFER_MADE, OFFER_WITHDRAWN
from housingfirst.access.enums import Act, Role
from housingfirst.access.models import User
from housingfirst.access.what import name_details, name_what
from housingfirst.events.kinds import subscribe
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    register_running(_handoff_runs)
    _log_words()
    events.register()
    deadlines.register()
    register_asked(asked_with_offers)
    subscribe(OFFER_MADE, reactions.ask_with_offer)
    for ended in (OFFER_DECLINED, OFFER_EXPIRED, OFFER_WITHDRAWN):
        subscribe(ended, reactions.withdraw_with_offer)
    register_tab(Tab("handoffs", 60, _("Handoffs"), "crosssector:handoff_tab", Act.HANDOFF_ASK))
    register_place(
        MenuItem(
            key="inbox",
            label=_("Inbox"),
            icon="email",
            url_name="crosssector:handoff_inbox",
            roles={Role.PARTNER},
            order=310,
            count=_waiting,
            covers=("crosssector:handoff_task", "crosssector:handoff_cpr"),
        ),
        MenuItem(
            key="answered",
            label=_("Answered"),
            icon="check",
            url_name="crosssector:handoff_answered",
            roles={Role.PARTNER},
            order=320,
        ),
        MenuItem(
            key="service_levels",
            label=_("Agreements on answers"),
            icon="hourglass",
            url_name="crosssector:service_levels",
            roles={Role.TEAM_LEAD},
            order=85,
        ),
    )


def _waiting(request: HttpRequest) -> int:
    """What is to be answered by the reader's units."""
    return waiting_count(request.user) if isinstance(request.user, User) else 0


def _log_words() -> None:
    name_what({
        "handoff": _("a handoff"),
        "handoff_task": _("a handoff"),
        "handoffs": _("the handoffs of the case"),
        "handoff_tab": _("the handoffs of the case"),
        "handoff_ask": _("the form for a handoff"),
        "handoff_inbox": _("the inbox of handoffs"),
        "handoff_answered": _("the answered handoffs"),
        "handoff_cpr": _("the CPR number"),
        "handoff_grant": _("the answer to a handoff"),
        "handoff_refuse": _("the answer to a handoff"),
        "handoff_question": _("a question about a handoff"),
        "handoff_reply": _("the reply to a question about a handoff"),
        "service_levels": _("the agreements on answers"),
        "service_level_remove": _("the agreements on answers"),
        "handoff_withdraw": _("the withdrawal of a handoff"),
    })  # fmt: skip
    name_details({
        "handoff_due": _("the answer to a handoff"),
        "handoff_wait": _("the wait for an answer"),
        "handoff_question": _("a question about a handoff"),
    })  # fmt: skip


def _handoff_runs(case: Case) -> str | None:
    if Handoff.objects.open().filter(case=case).exists():
        return gettext("A partner has a task in the case that is not answered: withdraw it first.")
    return None
