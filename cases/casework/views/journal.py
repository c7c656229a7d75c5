"""The journal: notes, wishes, situations."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from cases.access import case_for
from cases.casework import journal
from cases.casework.enums import Audience, NoteKind
from cases.casework.forms.journal import NoteForm
from cases.casework.header import case_context
from cases.casework.models import Case, Note
from cases.casework.selectors import journal as selectors
from cases.casework.views.pages import form_key_of, form_page, journal_url
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request, is_partial
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once
from housingfirst.ui.parts import Filter


@require_GET
@vary_on_headers("HX-Request")
def journal_page(request: Request, case_reference: uuid.UUID) -> HttpResponse:
    """The notes newest first, with what the citizen wished and where she slept beside them."""
    case = case_for(request.user, case_reference)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="journal")
    query = request.GET.dict()
    context = {
        "case": case,
        "notes": selectors.notes_of(case, request.user, query),
        "filters": _filters(request.path, query),
        "may": case.rights,
    }
    if is_partial(request) and request.htmx.target == "notes":
        return render(request, "cases/journal/_notes.html", context)
    context |= case_context(request, case, "journal") | {
        "form": _note_form(request, case),
        "wishes": selectors.wishes_of(case),
        "situations": selectors.situations_of(case),
    }
    return render(request, "cases/journal/page.html", context)


@require_http_methods(["GET", "POST"])
def note_create(request: Request, case_reference: uuid.UUID) -> HttpResponse:
    case = case_for(request.user, case_reference, Act.NOTE_WRITE)
    form = _note_form(request, case)
    if request.method == "POST" and form.is_valid():
        try:
            with once(request) as sent:
                if sent.earlier is None:
                    journal.note_write(
                        case=case,
                        **note_values(form.cleaned_data),
                        form_key=form_key_of(request),
                        actor=request.user,
                    )
                    sent.result = journal_url(case)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The note is saved."))
            return redirect(sent.address)
    return form_page(request, case, "cases/journal/note_create.html", form, "note_create")


@require_http_methods(["GET", "POST"])
def note_edit(
    request: Request, case_reference: uuid.UUID, note_reference: uuid.UUID
) -> HttpResponse:
    """Correct one's own note. Two windows at once give both texts to choose from."""
    case = case_for(request.user, case_reference, Act.NOTE_WRITE)
    note = selectors.note_for(case, request.user, note_reference)
    if note.author_id != request.user.pk:
        raise PermissionDenied
    if request.method == "GET":
        form = _note_form(request, case, initial=_values_of_note(note))
        return form_page(
            request, case, "cases/journal/note_edit.html", form, "note_edit", note=note
        )
    data = conflict.settled(NoteForm, request.POST, theirs=_values_of_note(note))
    form = _note_form(request, case, data=data)
    if form.is_valid():
        version = conflict.posted_version(data)
        try:
            journal.note_correct(
                note=note, **note_values(form.cleaned_data), actor=request.user, version=version
            )
        except StaleVersion as stale:
            return conflict.page(
                request,
                form=form,
                stale=stale,
                seen=version,
                values_of=_values_of_note,
                title=_("The note"),
                keep_url=journal_url(case),
                citizen=case.citizen_id,
                context=case_context(request, case, "journal"),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The note is corrected. The earlier text is kept."))
            return redirect(journal_url(case))
    return form_page(request, case, "cases/journal/note_edit.html", form, "note_edit", note=note)


@require_GET
def note_history(
    request: Request, case_reference: uuid.UUID, note_reference: uuid.UUID
) -> HttpResponse:
    """What stood in the note before it was corrected."""
    case = case_for(request.user, case_reference)
    note = selectors.note_for(case, request.user, note_reference)
    log(request.user, LogAction.VIEWED, [case.citizen_id], what="note_history")
    context = case_context(request, case, "journal") | {
        "note": note,
        "versions": selectors.earlier_versions(note),
    }
    return render(request, "cases/journal/note_history.html", context)


def note_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a note form says, as the services take it."""
    return {
        "kind": NoteKind(data["kind"]),
        "happened_at": data["happened_at"],
        "text": data["text"],
        "audience": Audience(data["audience"]),
        "is_important": data["is_important"],
    }


def _note_form(
    request: Request,
    case: Case,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
) -> NoteForm:
    if data is None and request.method == "POST":
        data = request.POST
    return NoteForm(
        data,
        initial=initial or {"happened_at": timezone.now()},
        readers=selectors.readers_of(case),
        own=journal.unit_on(request.user, case, Act.NOTE_WRITE),
    )


def _values_of_note(note: Note) -> dict[str, Any]:
    return {
        "kind": note.kind,
        "happened_at": note.happened_at,
        "text": note.text,
        "audience": note.audience,
        "is_important": note.is_important,
    }


def _filters(path: str, query: Mapping[str, str]) -> list[Filter]:
    kind, important = query.get("kind", ""), query.get("important") == "1"
    shown = [Filter(_("All"), path, is_current=not kind and not important)]
    shown.append(Filter(_("Important"), f"{path}?important=1", is_current=important))
    shown += [
        Filter(str(choice.label), f"{path}?kind={choice.value}", is_current=kind == choice.value)
        for choice in NoteKind
    ]
    return shown
