"""Writes: the calendar link of a person, and whether they want the daily mail."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.access.models import User
from housingfirst.access.services import require
from housingfirst.deadlines.models import CalendarFeed, DigestSubscription

TOKEN_BYTES: Final = 32
USED_STEP: Final = timedelta(hours=1)


def token_hash(token: str) -> str:
    """What is kept of a link. It holds 256 random bits, so that a plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def feed_make(*, actor: User, now: datetime) -> str:
    """A new link, which is returned once and kept by nobody; the one before stops working."""
    require(actor, Act.WORKLIST)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.update_or_create(
        user=actor, defaults={"token_hash": token_hash(token), "made_at": now, "used_at": None}
    )
    log(actor, LogAction.CHANGED, [], what="calendar_feed")
    return token


@transaction.atomic
def feed_revoke(*, actor: User) -> None:
    """The link stops working at once."""
    CalendarFeed.objects.filter(user=actor).delete()
    log(actor, LogAction.CHANGED, [], what="calendar_feed_revoked")


def feed_of(token: str) -> CalendarFeed | None:
    """The feed that a link opens, while its owner may log in."""
    feeds = CalendarFeed.objects.select_related("user")
    return feeds.filter(token_hash=token_hash(token), user__is_active=True).first()


def feed_used(feed: CalendarFeed, now: datetime) -> None:
    """Note that a calendar asked: once an hour, so that asking often writes little."""
    if feed.used_at is None or feed.used_at < now - USED_STEP:
        CalendarFeed.objects.filter(pk=feed.pk).update(used_at=now)


@transaction.atomic
def digest_set(*, actor: User, wanted: bool) -> None:
    """Whether the person gets the daily mail."""
    require(actor, Act.WORKLIST)
    if wanted:
        DigestSubscription.objects.get_or_create(user=actor)
    else:
        DigestSubscription.objects.filter(user=actor).delete()
    log(actor, LogAction.CHANGED, [], what="daily_mail")
