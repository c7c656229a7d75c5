"""What this subject adds to the registries of other apps."""

from crosssector.handoffs import deadlines, events, reactions
from housing.allocation.events import OFFER_DECLINED, OFFER_EXPIRED, OFFER_MADE, OFFER_WITHDRAWN
from housingfirst.events.kinds import subscribe


def register() -> None:
    events.register()
    deadlines.register()
    subscribe(OFFER_MADE, reactions.ask_with_offer)
    for ended in (OFFER_DECLINED, OFFER_EXPIRED, OFFER_WITHDRAWN):
        subscribe(ended, reactions.withdraw_with_offer)
