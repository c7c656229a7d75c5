"""What finding a home adds to the pages of a case: the panel, what is decided, a list's column."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.casework.glance import glance, has
from cases.casework.summary import Decision
from cases.models import Case
from housing.allocation.enums import OfferStatus, ReferralStatus
from housing.allocation.models import HousingReferral, Offer, ReferralPaper
from housing.allocation.selectors.tab import draft_of, live_offer, waiting_row
from housingfirst.access.enums import Act
from housingfirst.ui import words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from housingfirst.base.http import Request


def _live() -> Exists:
    return Exists(Offer.objects.live().filter(case=OuterRef("pk")))


def _waiting() -> Exists:
    return Exists(HousingReferral.objects.waiting().filter(case=OuterRef("pk")))


def _draft() -> Exists:
    drafts = HousingReferral.objects.filter(status=ReferralStatus.DRAFT)
    return Exists(drafts.filter(case=OuterRef("pk")))


def _sent() -> Subquery:
    """When the newest referral was sent, how it stands, and how many papers it lacks."""
    missing = ReferralPaper.objects.filter(referral=OuterRef("pk"), received_on__isnull=True)
    sent = HousingReferral.objects.filter(case=OuterRef("pk"), sent_at__isnull=False)
    return Subquery(
        sent.order_by("-sent_at").values(
            json=JSONObject(
                sent_at="sent_at",
                status="status",
                missing=Coalesce(
                    Subquery(
                        missing.order_by()
                        .values("referral")
                        .annotate(papers=Count("pk"))
                        .values("papers")
                    ),
                    0,
                ),
            )
        )[:1]
    )


GLANCES = {"offer": _live, "waiting": _waiting, "draft": _draft, "referral": _sent}
"""What the overview must know to ask for no more than there is."""


def panel(request: Request, case: Case) -> dict[str, Any] | None:
    """The offer that waits, else the place in the queue, else a draft; nothing hides it."""
    today = timezone.localdate()
    offer = live_offer(case, today, timezone.now()) if has(case, "offer") else None
    waiting = waiting_row(case, today) if not offer and has(case, "waiting") else None
    draft = draft_of(case) if not offer and not waiting and has(case, "draft") else None
    if offer is None and waiting is None and draft is None:
        return None
    return {
        "offer": offer,
        "waiting": waiting,
        "draft": draft,
        "may_answer": Act.OFFER_ANSWER in case.rights,
    }


def decisions(case: Case, today: date) -> Iterable[Decision]:
    """The newest referral that was sent, and whether it lacks papers."""
    sent = glance(case, "referral")
    if sent is None:
        return []
    missing, text = sent["missing"], str(ReferralStatus(sent["status"]).label)
    if sent["status"] == ReferralStatus.WAITING:
        text = (
            _("Complete")
            if not missing
            else ngettext(
                "%(n)d paper is missing; the wait counts",
                "%(n)d papers are missing; the wait counts",
                missing,
            )
            % {"n": missing}
        )
    return [
        Decision(
            title=_("Housing referral"),
            text=text,
            on=timezone.localtime(datetime.fromisoformat(sent["sent_at"])).date(),
            url=reverse("housing:housing_tab", args=[case.reference]),
        )
    ]


def with_home(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """What the list's column reads: the lease, the offer, the wait."""
    offers = Offer.objects.filter(case=OuterRef("pk"), status=OfferStatus.LIVE)
    waiting = HousingReferral.objects.waiting().filter(case=OuterRef("pk"))
    homes = Case.objects.filter(pk=OuterRef("pk"), tenancies__ends_on__isnull=True)
    return cases.annotate(
        home_from=Subquery(homes.values("tenancies__starts_on")[:1]),
        home_offer_until=Subquery(offers.values("answer_by")[:1]),
        home_waits_from=Subquery(waiting.values("waits_from")[:1]),
    )


def home_cell(case: Case, today: date) -> str:
    """ "Hjem fra 1. dec.", "Tilbud, svar tors. kl. 12", "Har ventet 54 dage"; of `with_home`."""
    row = vars(case)
    if row["home_from"]:
        return _("Home from %(day)s") % {
            "day": words.day(row["home_from"], today=today, weekday=False)
        }
    if row["home_offer_until"]:
        until = words.moment(row["home_offer_until"], today=today)
        return _("Offered, answer by %(until)s") % {"until": until}
    if row["home_waits_from"]:
        return _("Has waited %(days)s") % {
            "days": words.days(max((today - row["home_waits_from"]).days, 0))
        }
    return ""
