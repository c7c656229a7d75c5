"""What the acts on one stay share."""

from __future__ import annotations

from housing.shelters.models import Stay


def stay_held(stay: Stay) -> Stay:
    """The stay as it is now; its discharge, its plan and its absences wait for each other."""
    return (
        Stay.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case", "shelter")
        .get(pk=stay.pk)
    )
