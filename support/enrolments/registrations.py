"""What this subject adds to the registries of other apps."""

from support.enrolments import events


def register() -> None:
    events.register()
