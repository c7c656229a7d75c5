"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.casework.glance import has, register_glance
from cases.casework.whereabouts import Place, register_place
from housing.tenancies import deadlines, events, path
from housing.tenancies.models import Tenancy
from housingfirst.access.what import name_details, name_what

if TYPE_CHECKING:
    from cases.models import Case


def register() -> None:
    events.register()
    path.register()
    deadlines.register()
    register_glance("home", _has_home)
    register_place("home", 20, _home)
    name_what(
        {
            "tenancy": _("a lease"),
            "tenancy_detail": _("a lease"),
            "tenancy_register": _("the form for a lease"),
            "tenancy_end": _("the end of a lease"),
            "tenancy_ordinary": _("the form for a lease"),
            "tenancy_place": _("the address of a home"),
        }
    )
    name_details({deadlines.TRANSITIONAL: _("the end of support in a transitional dwelling")})


def _has_home() -> Exists:
    return Exists(Tenancy.objects.filter(case=OuterRef("pk"), ends_on__isnull=True))


def _home(case: Case, today: date) -> Place | None:
    """The citizen's own home today; asked for only when the reader may know it."""
    if not has(case, "home"):
        return None
    tenancy = (
        Tenancy.objects.filter(case=case, starts_on__lte=today, ends_on__isnull=True)
        .select_related("dwelling__estate__unit")
        .first()
    )
    if tenancy is None:
        return None
    return Place(
        name=tenancy.dwelling.address,
        detail=tenancy.dwelling.estate.unit.name,
        phone=tenancy.dwelling.estate.unit.phone,
        since=tenancy.starts_on,
    )
