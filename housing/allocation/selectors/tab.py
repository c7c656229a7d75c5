"""What the case's page about a home, and the overview's panel, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from housing.allocation import wording
from housing.allocation.enums import OfferStatus, ReferralStatus
from housing.allocation.models import HousingReferral, Offer, ReferralPaper
from housing.allocation.rules import Match, Verdict, match
from housing.allocation.selectors.facts import dwelling_facts, referral_facts
from housing.allocation.selectors.matching import VERDICT_RANK, with_order
from housing.allocation.selectors.offers import OfferRow
from housing.allocation.selectors.offers import row_of as offer_row
from housing.allocation.selectors.queue import with_place
from housing.allocation.selectors.rows import Waiting, row_of, with_row
from housing.supply import wording as supply
from housing.supply.selectors import VacancyRow, vacancies
from housing.supply.selectors import row_of as vacancy_row
from housingfirst.access.enums import Act
from housingfirst.ui import words
from housingfirst.ui.parts import Fact, Severity

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cases.models import Case
    from housing.supply.models import Vacancy
    from housingfirst.access.models import User

LOOKED_AT = 100
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the open referral. `tone` is "over" or "now" while it is missing near its day."""

    paper: ReferralPaper
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Homing:
    """All about the way to a home on one case."""

    draft: HousingReferral | None
    waiting: Waiting | None
    papers: list[Paper]
    offers: list[OfferRow]
    earlier: list[HousingReferral]

    @property
    def live(self) -> OfferRow | None:
        return next((row for row in self.offers if row.is_live), None)

    @property
    def ended_offers(self) -> list[OfferRow]:
        return [row for row in self.offers if not row.is_live]

    @property
    def lacks_papers(self) -> bool:
        return any(row.paper.received_on is None for row in self.papers)

    @property
    def open(self) -> HousingReferral | None:
        """The waiting referral, or the draft."""
        return self.waiting.referral if self.waiting else self.draft

    @property
    def facts(self) -> list[Fact]:
        """The open referral in pairs."""
        return facts_of(self.open) if self.open else []


def homing(case: Case, today: date, now: datetime) -> Homing:
    """For a case that came through `case_for`: its referrals, papers and offers."""
    papers = ReferralPaper.objects.select_related("responsible").order_by("pk")
    referrals = list(
        with_place(_rows(HousingReferral.objects.filter(case=case), today), today)
        .select_related("sent_by")
        .prefetch_related(Prefetch("papers", papers))
        .order_by("-created_at", "-pk")
    )
    for referral in referrals:
        referral.case = case
    draft = next((one for one in referrals if one.status == ReferralStatus.DRAFT), None)
    waits = next((one for one in referrals if one.status == ReferralStatus.WAITING), None)
    row = None
    if waits is not None:
        row = row_of(waits, today, number=waits.place)
    offers = (
        Offer.objects.filter(case=case)
        .select_related("case__citizen", "dwelling__estate__unit", "vacancy", "offered_by")
        .order_by("-offered_at", "-pk")
    )
    open_one = waits or draft
    return Homing(
        draft=draft,
        waiting=row,
        papers=[_paper(paper, today) for paper in open_one.papers.all()] if open_one else [],
        offers=[offer_row(offer, today, now) for offer in offers],
        earlier=[
            one
            for one in referrals
            if one.status in (ReferralStatus.HOUSED, ReferralStatus.WITHDRAWN) and one.sent_at
        ],
    )


def live_offer(case: Case, today: date, now: datetime) -> OfferRow | None:
    """The offer of the case that waits for an answer."""
    offer = (
        Offer.objects.filter(case=case, status=OfferStatus.LIVE)
        .select_related("case__citizen", "dwelling__estate__unit", "vacancy", "offered_by")
        .first()
    )
    return offer_row(offer, today, now) if offer else None


def waiting_row(case: Case, today: date) -> Waiting | None:
    """The waiting referral of the case with its place in the order. One query."""
    waiting = _rows(HousingReferral.objects.waiting().filter(case=case), today)
    referral = with_place(waiting, today).first()
    return row_of(referral, today, number=referral.place) if referral else None


def _rows(referrals: QuerySet[HousingReferral], today: date) -> QuerySet[HousingReferral]:
    return with_row(with_order(referrals, today), today)


def draft_of(case: Case) -> HousingReferral | None:
    return HousingReferral.objects.filter(case=case, status=ReferralStatus.DRAFT).first()


@dataclass(frozen=True, slots=True)
class Suitable:
    """A vacant dwelling that fits the citizen, or would if."""

    row: VacancyRow
    area: str
    severity: Severity
    verdict: str
    note: str
    url: str


def suitable_for(referral: HousingReferral, user: User, today: date) -> list[Suitable]:
    """The vacant dwellings that fit, and those it would take little to make fit. One query."""
    found = []
    open_now = (
        vacancies(user)
        .filter(closed_on__isnull=True, municipality=referral.municipality_id)
        .order_by("rent_dkk", "pk")[:LOOKED_AT]
    )
    for vacancy in open_now:
        if vacancy.held_until is not None:
            continue
        result = match(referral_facts(referral), dwelling_facts(vacancy))
        if result.verdict != Verdict.DOES_NOT_FIT:
            found.append((VERDICT_RANK[result.verdict], vacancy, result))
    found.sort(key=lambda one: one[0])
    return [
        _suitable(vacancy, referral, result, user, today)
        for _rank, vacancy, result in found[:SHOWN]
    ]


def _suitable(
    vacancy: Vacancy, referral: HousingReferral, result: Match, user: User, today: date
) -> Suitable:
    severity, verdict = wording.VERDICTS[result.verdict]
    url = ""
    if user.may(Act.OFFER_MAKE):
        board = reverse("housing:allocation_board")
        url = f"{board}?vacancy={vacancy.reference}&referral={referral.reference}"
    return Suitable(
        row=vacancy_row(vacancy, today),
        area=vacancy.dwelling.estate.area.name,
        severity=severity,
        verdict=str(verdict),
        note=wording.note(result),
        url=url,
    )


def facts_of(referral: HousingReferral) -> list[Fact]:
    """What is asked for, in pairs."""
    extras = [
        str(label)
        for label, is_so in (
            (_("pets"), referral.has_pets),
            (_("children on visits"), referral.visiting_children),
            (_("balcony or garden"), referral.wants_outdoor_space),
        )
        if is_so
    ]
    facts = [
        Fact(_("Areas, in order"), ", ".join(referral.wished_names) or _("the whole municipality")),
        Fact(_("Household"), wording.household(referral.adults, referral.children)),
        Fact(_("Rooms, at least"), supply.rooms(referral.rooms_min)),
        Fact(_("Stairs"), referral.get_stairs_display()),
        Fact(_("Kind of home"), referral.get_track_display()),
        Fact(_("Benefit"), referral.get_benefit_display()),
        Fact(
            _("Highest rent"),
            _("unknown") if referral.rent_max_dkk is None else words.money(referral.rent_max_dkk),
        ),
    ]
    if referral.unfit_names:
        unfit = ", ".join(referral.unfit_names)
        facts.insert(1, Fact(_("Areas that will not do"), unfit))
    if extras:
        facts.insert(-2, Fact(_("Also"), capfirst(", ".join(extras))))
    if referral.support_wish:
        facts.append(Fact(_("Support: who should come"), referral.support_wish))
    return facts


def _paper(paper: ReferralPaper, today: date) -> Paper:
    tone = ""
    if paper.received_on is None and paper.due_on is not None:
        tone = "over" if paper.due_on < today else "now" if (paper.due_on - today).days <= 2 else ""
    return Paper(paper, str(paper.get_kind_display()), tone)
