"""What arrears add to the overview of a case: the home is in danger, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.casework.glance import has
from housing.evictions.models import RentArrears
from housing.evictions.selectors import RUNNING, running_in

if TYPE_CHECKING:
    from cases.models import Case
    from housingfirst.base.http import Request


def runs() -> Exists:
    """Whether there is something to do about arrears of the case."""
    return Exists(RentArrears.objects.filter(RUNNING, tenancy__case=OuterRef("pk")))


def panel(request: Request, case: Case) -> dict[str, Any] | None:
    """On the overview: what comes next. The page about the home has every step (`is_whole`)."""
    found = running_in(case, timezone.localdate()) if has(case, "arrears") else None
    return {"followed": found, "is_whole": False} if found is not None else None


def whole_panel(request: Request, case: Case) -> dict[str, Any] | None:
    found = panel(request, case)
    return found | {"is_whole": True} if found is not None else None


def still_runs(case: Case) -> str | None:
    """Why a case cannot be closed yet."""
    if RentArrears.objects.filter(RUNNING, tenancy__case=case).exists():
        return _("Arrears of the rent are not over: register how they ended first.")
    return None
