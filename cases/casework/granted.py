"""The grants on a case, read along with the case itself."""

from __future__ import annotations

from typing import TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from cases.casework.models import CaseGrant


class Granted(TypedDict):
    """A grant in force today. What names the unit is None for a grant to one person.

    `since` is an instant in ISO form.
    """

    group: int
    permission: str
    since: str
    unit: int | None
    name: str | None
    kind: str | None
    phone: str | None


def granted() -> ArraySubquery:
    """All grants on the case in OuterRef("pk"), the oldest first: a list of `Granted`."""
    grants = CaseGrant.objects.valid().filter(content_object=OuterRef("pk"))
    return ArraySubquery(
        grants.order_by("granted_at", "pk").values(
            json=JSONObject(
                group="group_id",
                permission="permission__codename",
                since="granted_at",
                unit="group__unit__pk",
                name="group__unit__name",
                kind="group__unit__kind",
                phone="group__unit__phone",
            )
        )
    )
