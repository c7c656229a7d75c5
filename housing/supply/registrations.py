"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from housing.supply import events


def register() -> None:
    events.register()
