"""The daily mail: how much is late and due, and the way in. It names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosssector.worklist.enums import Show
from crosssector.worklist.rows import Scope, board
from housingfirst.access.enums import Act
from housingfirst.access.models import User
from housingfirst.deadlines.models import DigestSubscription, SentDigest


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    body: str


def digests_send(day: date, now: datetime) -> int:
    """Send the day's mails that have not been sent. How many were.

    May run twice or many at a time: a mail belongs to a row that one run holds while it sends. One
    that could not be sent is tried again by the next run.
    """
    waiting = DigestSubscription.objects.filter(user__is_active=True).exclude(
        user__in=SentDigest.objects.filter(day=day, sent_at__isnull=False).values("user")
    )
    return sum(_send(user_id, day, now) for user_id in waiting.values_list("user_id", flat=True))


@transaction.atomic
def _send(user_id: int, day: date, now: datetime) -> bool:
    SentDigest.objects.get_or_create(user_id=user_id, day=day)
    row = (
        SentDigest.objects.select_for_update(skip_locked=True)
        .filter(user_id=user_id, day=day, sent_at__isnull=True)
        .first()
    )
    user = User.objects.get(pk=user_id)
    if row is None or not user.may(Act.WORKLIST):
        return False
    with translation.override(user.language or "da"):
        mail = mail_for(user, day, now)
    if mail is None:
        return False
    send_mail(mail.subject, mail.body, None, [user.email])
    row.sent_at = timezone.now()
    row.save(update_fields=["sent_at"])
    return True


def mail_for(user: User, day: date, now: datetime) -> Mail | None:
    """The mail in the reader's language; None where nothing is on the list."""
    scope = Scope(user=user, day=day, now=now)
    counts = board(scope, Show.ALL, team=None, after="", before="", groups=0).counts
    late, today = counts["listed_late"], counts["listed_today"]
    others = counts[Show.ALL.value] - late - today
    if not late + today + others:
        return None
    lines = [
        ngettext("%(n)d is late.", "%(n)d are late.", late) % {"n": late},
        ngettext("%(n)d is due today.", "%(n)d are due today.", today) % {"n": today},
        ngettext("%(n)d more is on your list.", "%(n)d more are on your list.", others)
        % {"n": others},
    ]
    site = settings.SITE_URL.rstrip("/")
    return Mail(
        subject=_("My day: %(late)d late, %(today)d today") % {"late": late, "today": today},
        body="\n".join(
            [
                *lines,
                "",
                _("Open your list: %(link)s") % {"link": site + reverse("deadlines:my_day")},
                "",
                _("This mail names no citizens. Switch it off here: %(link)s")
                % {"link": site + reverse("deadlines:outlets")},
                "",
            ]
        ),
    )
