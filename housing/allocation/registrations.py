"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from housing.allocation import events


def register() -> None:
    events.register()
