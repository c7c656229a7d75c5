"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from housing.allocation import events
from housing.allocation.services.offers import vacancy_closed
from housing.supply.events import VACANCY_CLOSED
from housingfirst.events.kinds import subscribe


def register() -> None:
    events.register()
    subscribe(VACANCY_CLOSED, vacancy_closed)
