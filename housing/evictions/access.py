"""The only way a request gets arrears."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied

from cases.access import rights_on
from housing.evictions.models import RentArrears
from housingfirst.access.denied import Denied

if TYPE_CHECKING:
    from housingfirst.access.enums import Act
    from housingfirst.access.models import User


def arrears_for(user: User, reference: UUID, act: Act | None = None) -> RentArrears:
    """Arrears of a lease the user sees, with the case's `rights`.

    Raises Denied, or PermissionDenied when the user may not take `act` on the case.
    """
    arrears = (
        RentArrears.objects.visible_to(user)
        .filter(reference=reference)
        .select_related(
            "tenancy__case__citizen",
            "tenancy__case__municipality",
            "tenancy__case__unit",
            "tenancy__case__adviser",
            "tenancy__dwelling__estate__unit",
            "decided_by",
        )
        .first()
    )
    if arrears is None:
        found = RentArrears.objects.filter(reference=reference)
        raise Denied("arrears", tuple(found.values_list("tenancy__case__citizen_id", flat=True)))
    case = arrears.tenancy.case
    case.rights = rights_on(user, case)
    if act is not None and act not in case.rights:
        raise PermissionDenied
    return arrears
