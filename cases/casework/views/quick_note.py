"""A note from anywhere: the citizen is found on the same page."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import case_for
from cases.casework import journal
from cases.casework.forms.journal import QuickNoteForm
from cases.casework.models import Case
from cases.casework.selectors import cases as selectors
from cases.casework.views.journal import note_values
from cases.casework.views.pages import form_key_of
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log, log_search
from housingfirst.access.services import require_page
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request, is_partial
from housingfirst.ui.forms import clean_line
from housingfirst.ui.forms.once import once

RECENT = 5


@require_http_methods(["GET", "POST"])
def quick_note(request: Request) -> HttpResponse:
    """Write first, find the citizen when saving, or the other way round: nothing is lost."""
    require_page(request.user, Act.NOTE_WRITE)
    cases = _cases_to_choose(request)
    if request.method == "GET":
        form = QuickNoteForm(cases=cases, initial={"happened_at": timezone.now()})
        return _page(request, form, cases)
    chosen = _chosen(request)
    if chosen is not None:
        cases = [chosen, *(case for case in cases if case.pk != chosen.pk)]
    form = QuickNoteForm(request.POST, cases=cases)
    if is_partial(request) and request.htmx.target == "citizens":
        return render(request, "cases/journal/_citizens.html", {"form": form, "cases": cases})
    if form.is_valid():
        if chosen is not None:
            try:
                return _save(request, form, chosen)
            except DomainError as error:
                form.add_error("case", str(error))
        else:
            choose = _("Choose the citizen the note is about.")
            form.add_error(
                "case" if cases else "q", choose if cases else _("No citizen was found.")
            )
    return _page(request, form, cases)


def _save(request: Request, form: QuickNoteForm, case: Case) -> HttpResponse:
    with once(request) as sent:
        if sent.earlier is None:
            journal.note_write(
                case=case,
                **note_values(form.cleaned_data),
                form_key=form_key_of(request),
                actor=request.user,
            )
            sent.result = reverse("cases:journal", args=[case.reference])
    messages.success(request, _("The note about %(name)s is saved.") % {"name": case.citizen.name})
    return redirect(sent.address)


def _cases_to_choose(request: Request) -> Sequence[Case]:
    """What was searched for, else what the user opened last. The names shown are logged."""
    text = clean_line(request.POST.get("q", ""))[:200]
    if text:
        cases = selectors.search(request.user, text).cases
        log_search(request.user, text, [case.citizen_id for case in cases], what="quick_note")
        return cases
    cases = [opened.case for opened in selectors.recently_viewed(request.user, RECENT)]
    log(request.user, LogAction.LISTED, [case.citizen_id for case in cases], what="quick_note")
    return cases


def _chosen(request: Request) -> Case | None:
    """The case that was picked, if a note may be written in it."""
    try:
        reference = UUID(request.POST.get("case", ""))
    except ValueError:
        return None
    return case_for(request.user, reference, Act.NOTE_WRITE)


def _page(request: Request, form: QuickNoteForm, cases: Sequence[Case]) -> HttpResponse:
    context = {"form": form, "cases": cases}
    status = 422 if form.errors else 200
    return render(request, "cases/journal/quick_note.html", context, status=status)
