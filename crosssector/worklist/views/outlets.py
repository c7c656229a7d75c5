"""The list outside its page: the calendar link, and the choice of the daily mail."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from crosssector.worklist.calendar import calendar_of
from crosssector.worklist.views.shared import scope_of
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.base.http import Request
from housingfirst.deadlines import outlets
from housingfirst.deadlines.models import CalendarFeed, Deadline, DigestSubscription

ASKS_AT_MOST: Final = 60
GUESSES_AT_MOST: Final = 300
WITHIN: Final = timedelta(minutes=10)
"""How often one link may be asked for, and unknown ones from one address."""


@require_GET
def outlet_page(request: Request) -> HttpResponse:
    """Whether there is a link, and whether the mail is on."""
    _require_worklist(request)
    return _page(request)


@require_POST
def feed_make(request: Request) -> HttpResponse:
    """A new link, shown this once; the one before stops working."""
    _require_worklist(request)
    token = outlets.feed_make(actor=request.user, now=timezone.now())
    link = request.build_absolute_uri(reverse("deadlines:calendar", args=[token]))
    return _page(request, link=link)


@require_POST
def feed_revoke(request: Request) -> HttpResponse:
    """The link stops working."""
    _require_worklist(request)
    outlets.feed_revoke(actor=request.user)
    messages.success(request, _("The link does not work any more."))
    return redirect("deadlines:outlets")


@require_POST
def digest_set(request: Request) -> HttpResponse:
    """Switch the daily mail on or off."""
    _require_worklist(request)
    wanted = request.POST.get("wanted") == "yes"
    outlets.digest_set(actor=request.user, wanted=wanted)
    told = _("You get the mail from the next working day.") if wanted else _("You get no mail.")
    messages.success(request, told)
    return redirect("deadlines:outlets")


# A calendar has no session: the link is the key, and what it opens names nobody.
@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whom the link belongs to; an unknown link is not found."""
    if _is_too_often(f"feed:{outlets.token_hash(token)[:32]}", ASKS_AT_MOST):
        return _too_often()
    feed = outlets.feed_of(token)
    if feed is None or not feed.user.may(Act.WORKLIST):
        if _is_too_often(f"feed-guess:{request.META.get('REMOTE_ADDR', '')}", GUESSES_AT_MOST):
            return _too_often()
        raise Http404
    now = timezone.now()
    outlets.feed_used(feed, now)

    def address(deadline: Deadline) -> str:
        path = reverse("deadlines:deadline_open", args=[deadline.reference])
        return request.build_absolute_uri(path)

    with translation.override(feed.user.language or "da"):
        text = calendar_of(scope_of(feed.user), address)
    etag = quote_etag(hashlib.sha256(text).hexdigest()[:32])
    known = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if etag in known or "*" in known:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    response["ETag"] = etag
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=True, max_age=15 * 60)
    return response


def _page(request: Request, *, link: str = "") -> HttpResponse:
    context = {
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
        "link": link,
        "is_digest_on": DigestSubscription.objects.filter(user=request.user).exists(),
        "today": timezone.localdate(),
    }
    response = render(request, "deadlines/outlets.html", context)
    if link:
        response["Cache-Control"] = "no-store"
    return response


def _require_worklist(request: Request) -> None:
    if not request.user.may(Act.WORKLIST):
        raise Denied("outlets")


def _is_too_often(key: str, at_most: int) -> bool:
    """Counts one more; within a window that begins with the first."""
    if cache.add(key, 1, timeout=int(WITHIN.total_seconds())):
        return False
    try:
        return int(cache.incr(key)) > at_most
    except ValueError:  # it ran out between the two
        return False


def _too_often() -> HttpResponse:
    response = HttpResponse(status=429)
    response["Retry-After"] = str(int(WITHIN.total_seconds()))
    return response
