"""The referral's form. Nothing in it is required, and nothing in it asks about readiness (H1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    ChoiceField,
    MultipleChoiceField,
    MultipleHiddenInput,
    TypedChoiceField,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.allocation.enums import ALWAYS_NEEDED, Benefit, PaperKind, Stairs, Track, Urgency
from housing.allocation.models import HousingReferral
from housing.allocation.services.values import (
    COLUMNS,
    PaperValue,
    ReferralValues,
)
from housingfirst.ui import forms
from housingfirst.ui.forms.base import speak_plainly

if TYPE_CHECKING:
    from housing.supply.models import Area
    from housingfirst.access.models import User

HAVE, MISSING, NOT_NEEDED = "have", "missing", "not_needed"
MOST_DKK: Final = 999_999
ROOMS: Final = 6
MOST_ADULTS: Final = 6
MOST_CHILDREN: Final = 9


def _rooms() -> list[tuple[int, str]]:
    from housing.supply import wording  # its words are looked up when a form is drawn

    return [(number, wording.rooms(number)) for number in range(1, ROOMS + 1)]


class ReferralForm(forms.Form):
    """`areas` keeps the order in which they are posted. Made by `referral_form`."""

    may_be_incomplete = True
    area_list: ClassVar[Sequence[Area]] = ()
    people: ClassVar[Sequence[User]] = ()

    wish_words = forms.TextField(
        label=gettext_lazy("How would you like to live?"), max_length=2_000, required=False
    )
    areas = MultipleChoiceField(
        label=gettext_lazy("Areas, in order"), widget=MultipleHiddenInput, required=False
    )
    unfit_areas = MultipleChoiceField(
        label=gettext_lazy("Areas that will not do"), widget=forms.Tags, required=False
    )
    unfit_reason = forms.LineField(
        label=gettext_lazy("Why they will not do"),
        required=False,
        help_text=gettext_lazy("Shown to the allocator alone"),
    )
    support_wish = forms.LineField(
        label=gettext_lazy("Support: who should come?"),
        required=False,
        help_text=gettext_lazy("A wish for who gives it, § 85 a, stk. 2"),
    )
    track = ChoiceField(label=gettext_lazy("Kind of home"), choices=Track, required=False)
    adults = TypedChoiceField(
        label=gettext_lazy("Adults"),
        choices=[(n, str(n)) for n in range(1, MOST_ADULTS + 1)],
        coerce=int,
        required=False,
    )
    children = TypedChoiceField(
        label=gettext_lazy("Children at home"),
        choices=[(n, str(n)) for n in range(MOST_CHILDREN + 1)],
        coerce=int,
        required=False,
    )
    rooms_min = TypedChoiceField(
        label=gettext_lazy("Rooms, at least"),
        choices=_rooms,
        coerce=int,
        required=False,
    )
    stairs = ChoiceField(label=gettext_lazy("Stairs"), choices=Stairs, required=False)
    has_pets = BooleanField(label=gettext_lazy("Pets"), required=False)
    visiting_children = BooleanField(label=gettext_lazy("Children on visits"), required=False)
    wants_outdoor_space = BooleanField(label=gettext_lazy("Balcony or garden"), required=False)
    benefit = ChoiceField(label=gettext_lazy("Benefit"), choices=Benefit, required=False)
    income_dkk = forms.MoneyField(
        label=gettext_lazy("Paid out per month"), max_dkk=MOST_DKK, required=False
    )
    rent_max_dkk = forms.MoneyField(
        label=gettext_lazy("Highest rent"), max_dkk=MOST_DKK, required=False
    )
    urgency = ChoiceField(
        label=gettext_lazy("Is it urgent for another reason?"),
        choices=Urgency,
        widget=forms.Seg,
        required=False,
    )
    urgency_reason = forms.LineField(label=gettext_lazy("Why urgent"), required=False)
    remark = forms.TextField(
        label=gettext_lazy("What else the allocator must know"), max_length=2_000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = [(str(area.pk), area.name) for area in self.area_list]
        for name in ("areas", "unfit_areas"):
            field = self.fields[name]
            assert isinstance(field, ChoiceField)
            field.choices = areas
        people = [("", _("Nobody yet")), *((str(one.pk), one.name) for one in self.people)]
        for kind in PaperKind:
            states = [(MISSING, _("Missing")), (HAVE, _("We have it"))]
            if kind not in ALWAYS_NEEDED:
                states.insert(0, (NOT_NEEDED, _("Not needed")))
            self.fields[f"paper_{kind.value}"] = ChoiceField(
                label=kind.label, choices=states, required=False
            )
            self.fields[f"who_{kind.value}"] = ChoiceField(
                label=_("Who gets it: %(paper)s") % {"paper": kind.label},
                choices=people,
                required=False,
            )
        for name, field in self.fields.items():
            speak_plainly(name, field)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        both = set(data.get("areas", ())) & set(data.get("unfit_areas", ()))
        for area in self.area_list:
            if str(area.pk) in both:
                message = _("%(area)s is both wished for and ruled out. Choose one of the two.")
                self.add_error("unfit_areas", ValidationError(message % {"area": area.name}))
        is_urgent = data.get("urgency") == Urgency.URGENT
        if is_urgent and "urgency_reason" in data and not data["urgency_reason"]:
            message = _("Write in a few words why it is urgent, or choose ordinary.")
            self.add_error("urgency_reason", message)
        return data


def referral_form(areas: Sequence[Area], people: Sequence[User]) -> type[ReferralForm]:
    """The form with the municipality's areas, and those who may get a paper."""
    return type("ReferralForm", (ReferralForm,), {"area_list": list(areas), "people": list(people)})


def initial_of(referral: Any) -> dict[str, Any]:
    """The form's values of a referral; of a row of its history without areas and papers."""
    values: dict[str, Any] = {name: getattr(referral, name) for name in COLUMNS}
    if not isinstance(referral, HousingReferral):
        return values
    wished, unfit = vars(referral).get("wished_ids"), vars(referral).get("unfit_ids")
    if wished is None or unfit is None:  # not from our selector: the row of a stale edit
        wished = referral.area_wishes.values_list("area", flat=True)
        unfit = referral.unfit_areas.values_list("pk", flat=True)
    values["areas"] = [str(pk) for pk in wished]
    values["unfit_areas"] = [str(pk) for pk in unfit]
    papers = {paper.kind: paper for paper in referral.papers.all()}
    for kind in PaperKind:
        paper = papers.get(kind)
        if paper is None:
            state = MISSING if kind in ALWAYS_NEEDED else NOT_NEEDED
        else:
            state = HAVE if paper.received_on else MISSING
        values[f"paper_{kind.value}"] = state
        responsible = paper.responsible_id if paper else None
        values[f"who_{kind.value}"] = str(responsible) if responsible else ""
    return values


def values_from(
    form: ReferralForm, referral: HousingReferral | None, today: date
) -> ReferralValues:
    """What a valid form says. A paper that we have now came today, unless it came earlier."""
    data = form.cleaned_data
    areas = {str(area.pk): area for area in form.area_list}
    people = {str(one.pk): one for one in form.people}
    came: Mapping[str, date | None] = (
        {paper.kind: paper.received_on for paper in referral.papers.all()} if referral else {}
    )
    papers = {}
    for kind in PaperKind:
        state = data[f"paper_{kind.value}"] or (MISSING if kind in ALWAYS_NEEDED else NOT_NEEDED)
        if state != NOT_NEEDED:
            papers[kind] = PaperValue(
                received_on=(came.get(kind) or today) if state == HAVE else None,
                responsible=people.get(data[f"who_{kind.value}"]),
            )
    return ReferralValues(
        wish_words=data["wish_words"],
        areas=tuple(areas[pk] for pk in dict.fromkeys(data["areas"])),
        unfit_areas=tuple(areas[pk] for pk in data["unfit_areas"]),
        unfit_reason=data["unfit_reason"],
        support_wish=data["support_wish"],
        track=Track(data["track"] or Track.OWN_HOME),
        adults=data["adults"] or 1,
        children=data["children"] or 0,
        visiting_children=data["visiting_children"],
        rooms_min=data["rooms_min"] or 1,
        stairs=Stairs(data["stairs"] or Stairs.ANY),
        has_pets=data["has_pets"],
        wants_outdoor_space=data["wants_outdoor_space"],
        benefit=Benefit(data["benefit"] or Benefit.UNKNOWN),
        income_dkk=data["income_dkk"],
        rent_max_dkk=data["rent_max_dkk"],
        urgency=Urgency(data["urgency"] or Urgency.ORDINARY),
        urgency_reason=data["urgency_reason"],
        remark=data["remark"],
        papers=papers,
    )
