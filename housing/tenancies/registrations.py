"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from housing.tenancies import events


def register() -> None:
    events.register()
