"""The page "Lovregler", and the choice of one setting."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality
from housingfirst.access.services import require_page
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.lawbook.book import MEANINGS, Chosen, book_of, chosen_of, mark_shown
from housingfirst.lawbook.effects import effects_of
from housingfirst.lawbook.forms import ChoiceForm
from housingfirst.lawbook.services import choice_set, chosen_for
from housingfirst.ui.forms.once import once
from housingfirst.ui.parts import Filter

OPEN = "open"


@require_GET
def rules(request: Request) -> HttpResponse:
    """Every rule, by subject; `?show=open` those in which the municipality chooses."""
    require_page(request.user, Act.RULES_VIEW)
    places = chosen_for(request.user)
    place = _place(request, places)
    whole = book_of(place)
    shows_open = request.GET.get("show") == OPEN
    kept = whole.only_open()
    here = reverse("lawbook:rules")
    which = f"municipality={place.code}" if len(places) > 1 else ""
    open_url = "&".join(filter(None, [f"{here}?show={OPEN}", which]))
    context = {
        "municipality": place,
        "places": [
            Filter(one.name, f"{here}?municipality={one.code}", one == place) for one in places
        ]
        if len(places) > 1
        else [],
        "book": kept if shows_open else whole,
        "undecided": whole.undecided,
        "filters": [
            Filter(
                _("All rules"),
                f"{here}?{which}" if which else here,
                not shows_open,
                len(whole.rules),
            ),
            Filter(_("Where the municipality chooses"), open_url, shows_open, len(kept.rules)),
        ],
        "may_choose": place in chosen_for(request.user, Act.RULES_CHOOSE),
        "meanings": [(mark_shown(mark), meaning) for mark, meaning in MEANINGS],
        "which": which,
    }
    return render(request, "lawbook/rules.html", context)


@require_http_methods(["GET", "POST"])
def choice_make(request: Request, setting_key: str) -> HttpResponse:
    """Choose: first what and why, then what it changes, then it is done."""
    require_page(request.user, Act.RULES_CHOOSE)
    places = chosen_for(request.user, Act.RULES_CHOOSE)
    place = _place(request, places)
    try:
        chosen = chosen_of(place, setting_key)
    except LookupError:
        raise Http404 from None
    form = ChoiceForm(request.POST if request.method == "POST" else None, chosen=chosen)
    back = _back(chosen, place if len(places) > 1 else None)
    context = {"form": form, "chosen": chosen, "municipality": place, "back": back}
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["confirmed"]:
            return _confirm(request, context, chosen, place)
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    choice_set(
                        municipality=place,
                        key=setting_key,
                        value=str(form.cleaned_data["value"]),
                        decided_on=form.cleaned_data["decided_on"],
                        reason=form.cleaned_data["reason"],
                        actor=request.user,
                        today=timezone.localdate(),
                        seen=form.cleaned_data["seen"],
                    )
                    sent.result = back
        except DomainError as error:
            form.add_error(None, str(error))
            context["chosen"] = chosen_of(place, setting_key)
        else:
            messages.success(request, _("The choice is made, and holds from now on."))
            return redirect(sent.address)
    return render(request, "lawbook/choice.html", context, status=422 if form.errors else 200)


def _confirm(
    request: Request, context: dict[str, object], chosen: Chosen, place: Municipality
) -> HttpResponse:
    """What was typed, what it changes, and the button that does it."""
    form = context["form"]
    assert isinstance(form, ChoiceForm)
    value = str(form.cleaned_data["value"])
    changes = value != chosen.value
    told = [effect.preview(place.pk) for effect in effects_of(chosen.setting)] if changes else []
    context |= {
        "value": value,
        "said": chosen.text.said(value),
        "changes": changes,
        "effects": [sentence for sentence in told if sentence],
    }
    return render(request, "lawbook/confirm.html", context)


def _place(request: Request, places: list[Municipality]) -> Municipality:
    """The municipality of the address, else the first of those that are the user's."""
    code = request.GET.get("municipality", "")
    return next((place for place in places if place.code == code), places[0])


def _back(chosen: Chosen, place: Municipality | None) -> str:
    """Where the setting stands on the page."""
    query = f"?municipality={place.code}" if place else ""
    return f"{reverse('lawbook:rules')}{query}#{chosen.setting.key}"
