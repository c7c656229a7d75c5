"""What must be ended before a case is closed: each app names what of its own still runs."""

from __future__ import annotations

from collections.abc import Callable

from cases.casework.models import Case

Running = Callable[[Case], str | None]
_CHECKS: list[Running] = []


def register_running(check: Running) -> None:
    """Add from AppConfig.ready: the sentence that says what runs in a case, None when nothing."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def still_running(case: Case) -> list[str]:
    """A sentence for each thing that runs in the case and must be ended before it."""
    return [said for check in _CHECKS if (said := check(case)) is not None]
