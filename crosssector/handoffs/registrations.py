"""What this subject adds to the registries of other apps."""

from crosssector.handoffs import events


def register() -> None:
    events.register()
