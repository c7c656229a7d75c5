"""Pages that belong to everyone: help, language, the gallery of components."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from housingfirst.access.models import User
from housingfirst.ui import preferences
from housingfirst.ui.forms import DayField, MomentField
from housingfirst.ui.forms.echo import understood
from housingfirst.ui.gallery import gallery_context


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Shortcuts and where to ask."""
    return render(request, "ui/help.html")


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Switch single-letter shortcuts on or off."""
    on = request.POST.get("keys") == "on"
    preferences.shortcuts_set(actor=cast(User, request.user), on=on)
    said = _("Shortcuts are switched on.") if on else _("Shortcuts are switched off.")
    messages.success(request, said)
    return redirect("ui:help")


@login_not_required  # the login page offers the other language
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language, for the person or in a cookie, and return to where they were."""
    if isinstance(request.user, User):
        preferences.language_set(actor=request.user, language=request.POST.get("language", ""))
    return set_language(request)


@login_not_required  # holds no data; one-time links have date fields too
@require_GET
def echo(request: HttpRequest, kind: str) -> HttpResponse:
    """What was understood of the one typed day or moment in the query; empty when nothing was."""
    field = MomentField(required=False) if kind == "moment" else DayField(required=False)
    typed = next(iter(request.GET.values()), "")
    try:
        return HttpResponse(escape(understood(field.clean(typed))))
    except ValidationError as error:
        return HttpResponse(escape(" ".join(error.messages)))


@login_not_required  # holds no data; exists only while developing
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with example values; the page the axe test runs on. Only when DEBUG."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/gallery.html", gallery_context(with_errors="fejl" in request.GET))
