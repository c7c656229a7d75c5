"""A place on a waiting list as it is typed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.models import Case
from housing.waitlists.errors import ListNeedsName
from housingfirst.access.enums import UnitKind
from housingfirst.access.models import Unit
from housingfirst.ui.forms import DayField, Form, LineField, RowField


class JoinForm(Form):
    """One of the municipality's organisations, or the name of another."""

    organisation = RowField(
        label=gettext_lazy("Housing organisation"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Another: write its name below"),
    )
    name = LineField(
        label=gettext_lazy("Name of another organisation"), required=False, max_length=120
    )
    joined_on = DayField(label=gettext_lazy("Signed up on"), latest=timezone.localdate)
    number = LineField(label=gettext_lazy("Member number"), required=False, max_length=40)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, RowField)  # as it stands above
        field.queryset = Unit.objects.filter(
            municipality=case.municipality_id, kind=UnitKind.HOUSING
        ).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("organisation", True) and not cleaned.get("name", "missing"):
            self.add_error("name", str(ListNeedsName()))
        return cleaned
