"""What this subject adds to the registries of other apps."""

from support.enrolments import deadlines, events


def register() -> None:
    events.register()
    deadlines.register()
