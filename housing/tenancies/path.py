"""The last step of the way home."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.casework.path import PathStep, register_step
from housing.tenancies.models import Tenancy


def register() -> None:
    register_step(PathStep("keys", 60, _("Keys"), _("The keys to the home"), _keys))


def _keys() -> Exists:
    return Exists(
        Tenancy.objects.filter(case=OuterRef("pk"), ends_on__isnull=True, keys_on__isnull=False)
    )
