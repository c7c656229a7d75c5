"""The only way a request gets a lease."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied

from cases.access import rights_on
from housing.tenancies.models import Tenancy
from housingfirst.access.denied import Denied

if TYPE_CHECKING:
    from housingfirst.access.enums import Act
    from housingfirst.access.models import User


def tenancy_for(user: User, reference: UUID, act: Act | None = None) -> Tenancy:
    """A lease on a case the user sees, with the case's `rights`.

    Raises Denied, or PermissionDenied when the user may not take `act` on it.
    """
    tenancy = (
        Tenancy.objects.visible_to(user)
        .filter(reference=reference)
        .select_related(
            "case__citizen",
            "case__municipality",
            "case__unit",
            "case__adviser",
            "dwelling__estate__area",
            "dwelling__estate__unit",
            "offer",
        )
        .first()
    )
    if tenancy is None:
        found = Tenancy.objects.filter(reference=reference)
        raise Denied("tenancy", tuple(found.values_list("case__citizen_id", flat=True)))
    tenancy.case.rights = rights_on(user, tenancy.case)
    if act is not None and act not in tenancy.case.rights:
        raise PermissionDenied
    return tenancy
