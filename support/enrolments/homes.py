"""What a course must know of the citizen's home: told by the app that knows both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.casework.models import Case


@dataclass(frozen=True, slots=True)
class Home:
    """`starts_on` is the first day of the tenancy that runs or is agreed; `lost_on` the last day a
    home was lost, whatever came after. A move from one home to another is no loss.
    """

    starts_on: date | None = None
    lost_on: date | None = None


HomeSource = Callable[[Case], Home]
_SOURCES: list[HomeSource] = []


def register_home_source(source: HomeSource) -> None:
    """Tell from AppConfig.ready who knows the homes. The newest registered is asked."""
    _SOURCES[:] = [source]


def home_of(case: Case) -> Home:
    """Nothing known counts as no home and none lost."""
    return _SOURCES[0](case) if _SOURCES else Home()
