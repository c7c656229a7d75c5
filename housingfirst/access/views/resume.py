"""After a login: what was typed when the session had ended, to be sent now or thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from housingfirst.access import resume
from housingfirst.base.http import Request


@require_GET
def resume_typed(request: Request) -> HttpResponse:
    typed = resume.kept(request)
    if typed is None:
        resume.forget(request)
        return redirect("home")
    return render(request, "access/resume.html", {"typed": typed})


@require_POST
def resume_send(request: Request) -> HttpResponse:
    """On to where the form was going, with the fields that this page carried (307)."""
    typed = resume.kept(request)
    resume.forget(request)
    if typed is None:
        return _gone(request)
    return redirect(typed.address, preserve_request=True)


@require_POST
def resume_drop(request: Request) -> HttpResponse:
    resume.forget(request)
    messages.success(request, _("What you had written is thrown away."))
    return redirect("home")


def _gone(request: Request) -> HttpResponse:
    messages.error(request, _("What you had written is no longer kept. Write it again."))
    return redirect("home")
