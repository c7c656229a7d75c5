"""What this subject adds to the registries of other apps."""

from support.enrolments import choices, deadlines, events


def register() -> None:
    events.register()
    choices.register()
    deadlines.register()
