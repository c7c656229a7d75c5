"""Quick admission."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import BooleanField, ChoiceField, HiddenInput
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.citizens.cpr import Cpr, NotCpr, parse_cpr
from cases.citizens.models import Citizen
from cases.citizens.services import citizen_with_cpr
from housing.shelters.enums import AcuteNeed, AdmissionRoute
from housing.shelters.errors import AdmissionInFuture, BedTaken
from housing.shelters.forms.fields import MunicipalityField, today
from housing.shelters.models import Bed, Shelter, ShelterRate
from housing.shelters.selectors.citizens import known_at, similar_citizens
from housing.shelters.services import Newcomer
from housingfirst.ui import forms, words

NO_BED: Final = "none"
ANOTHER: Final = "new"
"""The answer that the citizen is none of those who are alike."""
OLDEST_ADMISSION: Final = timedelta(days=366)
"""Older admissions are imported: a mistyped year would cost years of reimbursement."""
ALIKE: Final = gettext_lazy("Somebody with a similar name is registered. Say if it is the same.")


class AdmissionForm(forms.Form):
    """Quick admission: what is not typed follows from the shelter and the day."""

    shelter = forms.LineField(widget=HiddenInput)
    cpr = forms.LineField(
        label=gettext_lazy("CPR number"),
        max_length=20,
        error_messages={
            "required": gettext_lazy(
                "Write the CPR number, or say that the citizen has none or will not."
            )
        },
    )
    has_no_cpr = BooleanField(label=gettext_lazy("Has none, or will not say it"), required=False)
    name = forms.LineField(label=gettext_lazy("Name"), max_length=120)
    birth_date = forms.DayField(
        label=gettext_lazy("Date of birth"), required=False, prefer="past", latest=today
    )
    admitted_at = forms.MomentField(label=gettext_lazy("Admitted"), prefer="past")
    bed = ChoiceField(
        label=gettext_lazy("Bed"), error_messages={"invalid_choice": BedTaken.message}
    )
    route = ChoiceField(
        label=gettext_lazy("Comes from"),
        choices=AdmissionRoute,
        widget=forms.Seg,
        initial=AdmissionRoute.SELF,
    )
    reason = forms.TextField(
        label=gettext_lazy("Why now?"),
        max_length=2_000,
        error_messages={"required": gettext_lazy("Write why now: a line is enough.")},
    )
    keeps_own_home = BooleanField(
        label=gettext_lazy("Has a home that cannot be used"), required=False
    )
    municipality = MunicipalityField()
    daily_rate_dkk = forms.MoneyField(
        label=gettext_lazy("Agreed daily rate"), required=False, max_dkk=Decimal("99999.99")
    )
    resident_payment_dkk = forms.MoneyField(
        label=gettext_lazy("Resident's payment per day"),
        required=False,
        max_dkk=Decimal("99999.99"),
    )
    elsewhere_from = forms.DayField(
        label=gettext_lazy("Admitted elsewhere"), required=False, prefer="past", latest=today
    )
    elsewhere_to = forms.DayField(
        label=gettext_lazy("Discharged"), required=False, prefer="past", latest=today
    )
    elsewhere_source = forms.LineField(
        label=gettext_lazy("Known from"), required=False, max_length=120
    )

    def __init__(
        self,
        *args: Any,
        at: Shelter,
        free_beds: Sequence[Bed],
        rate: ShelterRate | None,
        now: datetime,
        bed: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {
            "shelter": at.reference,
            "admitted_at": now,
            "bed": bed or (free_beds[0].reference if free_beds else NO_BED),
            "municipality": at.unit.municipality.code,
            "daily_rate_dkk": rate.daily_rate_dkk if rate else None,
        }
        super().__init__(*args, **kwargs)
        MunicipalityField.with_names(self)
        self.at = at
        self.rate = rate
        self.now = now
        self.beds = {str(one.reference): one for one in free_beds}
        self.candidates: list[Citizen] = []
        choices = [(key, _("%(bed)s, free") % {"bed": one.label}) for key, one in self.beds.items()]
        bed_field = self.fields["bed"]
        assert isinstance(bed_field, ChoiceField)
        bed_field.choices = [*choices, (NO_BED, _("No fixed bed"))]
        self.fields["cpr"].required = not self.data.get("has_no_cpr")

    def clean_cpr(self) -> Cpr | None:
        typed = self.cleaned_data["cpr"]
        if not typed:
            return None
        try:
            return parse_cpr(typed)
        except NotCpr:
            raise ValidationError(
                _("A CPR number has ten digits. Write it as 010180-0007.")
            ) from None

    def clean_admitted_at(self) -> datetime:
        at: datetime = self.cleaned_data["admitted_at"]
        if at > self.now:
            raise ValidationError(str(AdmissionInFuture.message), code="future")
        if at < self.now - OLDEST_ADMISSION:
            raise ValidationError(
                _("The admission is more than a year ago. Check the year, or import the stay."),
                code="old",
            )
        return at

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._check_elsewhere(data)
        if not self.errors:
            self._ask_who(data)
        return data

    def _check_elsewhere(self, data: dict[str, Any]) -> None:
        names = ("elsewhere_from", "elsewhere_to", "elsewhere_source")
        if any(name not in data for name in names):
            return
        given = [bool(data[name]) for name in names]
        if any(given) and not all(given):
            for name, is_given in zip(names, given, strict=True):
                if not is_given:
                    self.add_error(name, _("Fill in all three, or none of them."))
        elif all(given) and data["elsewhere_to"] <= data["elsewhere_from"]:
            self.add_error("elsewhere_to", _("The discharge is not after the admission."))

    def _ask_who(self, data: dict[str, Any]) -> None:
        """A warning when a new citizen resembles one who is registered; never whom a CPR finds."""
        cpr: Cpr | None = data["cpr"]
        if cpr is not None and citizen_with_cpr(cpr) is not None:
            return
        born = cpr.birth_date if cpr and cpr.birth_date else data["birth_date"]
        self.candidates = [
            citizen
            for citizen in similar_citizens(data["name"], born)
            if cpr is None or not citizen.has_cpr
        ]
        if not self.candidates:
            return
        choices = [*self._choices(), (ANOTHER, _("No, it is somebody else"))]
        self.fields["same_as"] = ChoiceField(
            label=_("Same person"), choices=choices, widget=forms.Radios
        )
        answer = self.data.get("same_as", "")
        if answer not in dict(choices):
            self.add_error("same_as", str(ALIKE))
        data["same_as"] = next(
            (one for one in self.candidates if str(one.reference) == answer), None
        )

    def _choices(self) -> Iterable[tuple[str, str]]:
        """Names only of those who have stayed here: the others are not the shelter's to know."""
        known = known_at(self.at, self.candidates)
        for citizen in self.candidates:
            last = known.get(citizen.pk)
            if last is None:
                text = _("Yes: somebody with a similar name and the same date of birth")
            else:
                text = _("Yes: %(name)s, who stayed here from %(day)s") % {
                    "name": citizen.name,
                    "day": words.day(last, today=today(), weekday=False),
                }
            yield str(citizen.reference), text

    def newcomer(self) -> Newcomer:
        data = self.cleaned_data
        return Newcomer(
            name=data["name"],
            cpr=data["cpr"],
            birth_date=data["birth_date"],
            same_as=data.get("same_as"),
        )

    def admission(self) -> dict[str, Any]:
        """The rest, as `stay_admit` takes it."""
        data = self.cleaned_data
        is_own_rate = "daily_rate_dkk" in self.changed_data
        return {
            "municipality": data["municipality"],
            "admitted_on": timezone.localdate(data["admitted_at"]),
            "admitted_at": data["admitted_at"],
            "bed": self.beds.get(data["bed"]),
            "route": AdmissionRoute(data["route"]),
            "need": AcuteNeed.HOME_UNUSABLE if data["keeps_own_home"] else AcuteNeed.NO_HOME,
            "reason": data["reason"],
            "keeps_own_home": data["keeps_own_home"],
            "daily_rate_dkk": data["daily_rate_dkk"] if is_own_rate else None,
            "resident_payment_dkk": data["resident_payment_dkk"],
        }

    def elsewhere(self) -> dict[str, Any] | None:
        """Days used elsewhere, as `days_elsewhere_add` takes them; None when none were typed."""
        data = self.cleaned_data
        if not data["elsewhere_from"]:
            return None
        return {
            "starts_on": data["elsewhere_from"],
            "ends_on": data["elsewhere_to"],
            "source": data["elsewhere_source"],
        }


def form_key_in(posted: str) -> UUID | None:
    """The key of the posted form, if it can be read."""
    try:
        return UUID(posted)
    except ValueError:
        return None
