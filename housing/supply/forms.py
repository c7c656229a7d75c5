"""Forms of vacancies, dwellings, estates and areas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import TextChoices
from django.forms import BooleanField, ChoiceField, ModelChoiceField
from django.utils.translation import gettext_lazy as _

from housing.supply.enums import DwellingKind, VacancyEnd
from housing.supply.models import Area, Estate, Vacancy
from housing.supply.services import DwellingValues, EstateValues
from housingfirst.access.models import Unit
from housingfirst.ui import forms

if TYPE_CHECKING:
    from django.db.models import QuerySet

    EstateField = ModelChoiceField[Estate]
else:
    EstateField = ModelChoiceField  # takes no type at run time

MOST_DKK: Final = 999_999
FIRST_DAY: Final = date(2000, 1, 1)


class VacancyForm(forms.Form):
    """What the housing organisation says of one vacancy."""

    available_from = forms.DayField(label=_("Available from"), earliest=FIRST_DAY)
    answer_by = forms.MomentField(
        label=_("Answer by"),
        prefer="future",
        required=False,
        help_text=_("Only if a time is agreed; else the municipality's rule sets it"),
    )
    rent_dkk = forms.MoneyField(
        label=_("Rent per month"),
        max_dkk=MOST_DKK,
        help_text=_("Without heating, water and electricity"),
    )
    deposit_dkk = forms.MoneyField(label=_("Deposit"), max_dkk=MOST_DKK)
    vacancy_rent_from = forms.DayField(
        label=_("Vacancy rent from"),
        required=False,
        earliest=FIRST_DAY,
        help_text=_("Only if a day is agreed; else the municipality's rule sets it"),
    )
    remark = forms.TextField(label=_("Remark"), required=False, max_length=500)


AGREED: Final = {"answer_by": "answer_agreed_by", "vacancy_rent_from": "rent_agreed_from"}
"""What the form asks for under a name of its own: only what was agreed, not what the rule gives."""


class Gets(TextChoices):
    """Who gets a dwelling that is reported vacant."""

    MUNICIPALITY = "municipality", _("The municipality")
    ORGANISATION = "organisation", _("The housing organisation's own waiting list")


class ReportForm(VacancyForm):
    """A new vacancy: it is counted whoever gets it."""

    gets = ChoiceField(
        label=_("Who gets it?"),
        choices=Gets,
        initial=Gets.MUNICIPALITY,
        widget=forms.Radios,
        help_text=_("What goes to the organisation's own list is only counted"),
    )

    @property
    def is_given(self) -> bool:
        """Of a valid form."""
        return bool(self.cleaned_data["gets"] != Gets.ORGANISATION)


class EstateChoice(EstateField):
    """An estate with its organisation: several have an "Afdeling 1"."""

    def label_from_instance(self, obj: Estate) -> str:
        return f"{obj.name}, {obj.unit.name}"


class DwellingForm(forms.Form):
    """A dwelling that is not in the register yet."""

    estate = EstateChoice(
        label=_("Estate"), queryset=Estate.objects.none(), empty_label=_("Choose")
    )
    address = forms.LineField(label=_("Address"), max_length=120)
    number = forms.LineField(
        label=_("Number"),
        max_length=30,
        help_text=_("The organisation's own; it stands for the address where that is hidden"),
    )
    kind = ChoiceField(label=_("Kind"), choices=DwellingKind, initial=DwellingKind.FAMILY)
    rooms = forms.WholeNumberField(label=_("Rooms"), min_value=1, max_value=20)
    size_m2 = forms.WholeNumberField(label=_("Size in m²"), min_value=5, max_value=999)
    floor = forms.WholeNumberField(
        label=_("Floor"), min_value=-2, max_value=50, help_text=_("0 is the ground floor")
    )
    has_lift = BooleanField(label=_("Lift"), required=False)
    step_free = BooleanField(label=_("Step-free"), required=False)
    has_outdoor_space = BooleanField(label=_("Balcony or garden"), required=False)
    pets_allowed = BooleanField(label=_("Pets allowed"), required=False)

    def __init__(self, *args: Any, estates: QuerySet[Estate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["estate"]
        assert isinstance(field, ModelChoiceField)
        field.queryset = estates


def vacancy_initial(vacancy: Vacancy) -> dict[str, Any]:
    """The form's values of a vacancy, or of a row of its history."""
    return {name: getattr(vacancy, AGREED.get(name, name)) for name in VacancyForm.base_fields}


def dwelling_values(data: dict[str, Any], *, vacancy: dict[str, Any]) -> DwellingValues:
    """The dwelling that two valid forms describe together: its rent is the vacancy's."""
    return DwellingValues(
        number=data["number"],
        address=data["address"],
        kind=DwellingKind(data["kind"]),
        rooms=data["rooms"],
        size_m2=data["size_m2"],
        floor=data["floor"],
        has_lift=data["has_lift"],
        step_free=data["step_free"],
        has_outdoor_space=data["has_outdoor_space"],
        pets_allowed=data["pets_allowed"],
        rent_dkk=vacancy["rent_dkk"],
        deposit_dkk=vacancy["deposit_dkk"],
    )


CLOSINGS: Final = tuple(end for end in VacancyEnd if end not in (VacancyEnd.LET, VacancyEnd.KEPT))
"""What a person closes a vacancy with: letting follows from an accepted offer, and what the
organisation keeps is closed when it is reported."""


class CloseForm(forms.Form):
    ended = ChoiceField(
        label=_("Why"), choices=[(end.value, end.label) for end in CLOSINGS], widget=forms.Radios
    )
    remark = forms.TextField(label=_("Remark"), required=False, max_length=500)


class EstateForm(forms.Form):
    unit = ModelChoiceField(
        label=_("Housing organisation"), queryset=Unit.objects.none(), empty_label=_("Choose")
    )
    name = forms.LineField(label=_("Estate"), max_length=120)
    area = ModelChoiceField(label=_("Area"), queryset=Area.objects.none(), empty_label=_("Choose"))
    allocation_barred = BooleanField(label=_("Barred from municipal allocation"), required=False)
    barred_reason = forms.LineField(
        label=_("Why barred"),
        required=False,
        help_text=_("Shown to the allocators; whom it covers is checked by a person"),
    )
    flexible_letting = BooleanField(label=_("Flexible letting"), required=False)

    def __init__(
        self,
        *args: Any,
        units: QuerySet[Unit] | None = None,
        areas: QuerySet[Area] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("unit", units), ("area", areas)):
            field = self.fields[name]
            assert isinstance(field, ModelChoiceField)
            if rows is not None:
                field.queryset = rows


def estate_initial(estate: Estate) -> dict[str, Any]:
    """The form's values of an estate, or of a row of its history."""
    return {
        "unit": estate.unit_id,
        "area": estate.area_id,
        **{
            name: getattr(estate, name)
            for name in ("name", "allocation_barred", "barred_reason", "flexible_letting")
        },
    }


def estate_values(data: dict[str, Any]) -> EstateValues:
    return EstateValues(
        name=data["name"],
        area=data["area"],
        allocation_barred=data["allocation_barred"],
        barred_reason=data["barred_reason"],
        flexible_letting=data["flexible_letting"],
    )


class AreaForm(forms.Form):
    name = forms.LineField(label=_("New area"), max_length=60)
