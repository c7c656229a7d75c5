"""What this subject adds to the registries of other apps."""

from support.methods import events


def register() -> None:
    events.register()
