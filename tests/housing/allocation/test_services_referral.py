"""Referring to housing: drafts, sending incomplete, papers, withdrawing, and again after a loss."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cases.models import Case
from housing.allocation import services
from housing.allocation.enums import (
    Benefit,
    PaperKind,
    ReferralEnd,
    ReferralStatus,
    Stairs,
    Urgency,
)
from housing.allocation.errors import (
    AreaBothWays,
    AreaTwice,
    HasLiveOffer,
    NoEarlierHome,
    OtherMunicipality,
    PaperReceivedEarlier,
    ReferralHasEnded,
    ReferralIsOpen,
    ReferralIsSent,
)
from housing.allocation.models import HousingReferral, ReferralPaper
from housing.allocation.services import PaperValue, ReferralValues, values_of
from housingfirst.access.enums import Permission, Role, UnitKind
from housingfirst.access.models import User
from housingfirst.base.errors import NotPermitted, StaleVersion
from housingfirst.events.models import Event
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_allocator, make_area, make_offer, make_referral

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 8, 5, 14, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def adviser() -> User:
    return make_user(Role.ADVISER, make_unit())


@pytest.fixture
def case(adviser: User) -> Case:
    return make_case(unit=adviser.home_unit)


def kinds(case: Case) -> list[str]:
    return [
        kind
        for kind in Event.objects.filter(case=case).order_by("pk").values_list("kind", flat=True)
        if kind.startswith(("referral", "paper"))
    ]


def test_a_draft_keeps_everything_and_tells_nobody(adviser: User, case: Case) -> None:
    harbour, shore = (make_area(municipality=case.municipality, name=n) for n in ("Havn", "Kyst"))
    north = make_area(municipality=case.municipality, name="Nordbyen")
    values = ReferralValues(
        wish_words="Et sted med en altan, hvor jeg kan ryge.",
        areas=(shore, harbour),
        unfit_areas=(north,),
        unfit_reason="Hans bror bor der",
        support_wish="Helst Jimmy",
        adults=1,
        children=1,
        visiting_children=True,
        rooms_min=2,
        stairs=Stairs.FIRST,
        has_pets=True,
        wants_outdoor_space=True,
        benefit=Benefit.SENIOR_PENSION,
        income_dkk=Decimal("11870.00"),
        rent_max_dkk=Decimal("5400.00"),
        urgency=Urgency.URGENT,
        urgency_reason="Gravid",
        remark="Ring efter kl. 10",
        papers={
            PaperKind.CONSENT: PaperValue(received_on=date(2026, 8, 3)),
            PaperKind.DEBT_PLAN: PaperValue(responsible=adviser),
        },
    )

    referral = services.referral_save(case=case, values=values, actor=adviser)

    fresh = HousingReferral.objects.get(pk=referral.pk)
    assert values_of(fresh) == values
    assert (fresh.status, fresh.sent_at, fresh.waits_from) == (ReferralStatus.DRAFT, None, None)
    assert kinds(case) == []


def test_areas_keep_their_order_when_it_changes(adviser: User, case: Case) -> None:
    one, two, three = (make_area(municipality=case.municipality) for _ in range(3))
    referral = services.referral_save(
        case=case, values=ReferralValues(areas=(one, two)), actor=adviser
    )

    services.referral_save(
        case=case, values=ReferralValues(areas=(three, one)), actor=adviser, referral=referral
    )

    assert values_of(referral).areas == (three, one)


def test_two_who_write_at_once_the_second_is_told(adviser: User, case: Case) -> None:
    referral = services.referral_save(case=case, values=ReferralValues(), actor=adviser)
    seen = referral.version
    services.referral_save(
        case=case, values=ReferralValues(remark="Gittes"), actor=adviser, referral=referral
    )

    with pytest.raises(StaleVersion) as refused:
        services.referral_save(
            case=case,
            values=ReferralValues(remark="Lines"),
            actor=adviser,
            referral=HousingReferral.objects.get(pk=referral.pk),
            version=seen,
        )

    assert refused.value.current.remark == "Gittes"
    assert HousingReferral.objects.get().remark == "Gittes"


def test_one_open_referral_for_a_case(adviser: User, case: Case) -> None:
    make_referral(case=case)

    with pytest.raises(ReferralIsOpen):
        services.referral_save(case=case, values=ReferralValues(), actor=adviser)

    assert HousingReferral.objects.count() == 1


def test_an_area_is_chosen_once_and_one_way(adviser: User, case: Case) -> None:
    area = make_area(municipality=case.municipality, name="Nordbyen")

    with pytest.raises(AreaTwice, match="Nordbyen"):
        services.referral_save(case=case, values=ReferralValues(areas=(area, area)), actor=adviser)
    with pytest.raises(AreaBothWays) as refused:
        services.referral_save(
            case=case, values=ReferralValues(areas=(area,), unfit_areas=(area,)), actor=adviser
        )

    assert "Nordbyen" in str(refused.value)


def test_areas_are_the_municipalitys_own(adviser: User, case: Case) -> None:
    with pytest.raises(OtherMunicipality):
        services.referral_save(
            case=case, values=ReferralValues(areas=(make_area(),)), actor=adviser
        )


@time_machine.travel(WEDNESDAY, tick=False)
def test_J1_sent_incomplete_the_wait_counts_and_what_is_missing_becomes_tasks(
    adviser: User, case: Case
) -> None:
    values = ReferralValues(papers={PaperKind.CONSENT: PaperValue(received_on=date(2026, 8, 3))})
    referral = services.referral_save(case=case, values=values, actor=adviser)

    services.referral_send(referral=referral, actor=adviser)

    referral.refresh_from_db()
    assert (referral.status, referral.waits_from) == (ReferralStatus.WAITING, date(2026, 8, 5))
    papers = ReferralPaper.objects.filter(referral=referral).order_by("kind")
    assert [(p.kind, p.received_on, p.due_on, p.responsible) for p in papers] == [
        (PaperKind.CONSENT, date(2026, 8, 3), None, None),
        (PaperKind.IDENTITY, None, date(2026, 8, 12), adviser),
        (PaperKind.INCOME, None, date(2026, 8, 12), adviser),
    ]
    event = Event.objects.get(kind="referral.sent")
    assert event.data["missing"] == 2
    assert event.data["waits_from"] == "2026-08-05"


def test_the_allocators_of_the_municipality_see_it_and_nobody_elses(
    adviser: User, case: Case
) -> None:
    own, other = (
        make_allocator(case.municipality),
        make_user(Role.ALLOCATOR, make_unit(kind=UnitKind.ALLOCATION)),
    )
    referral = services.referral_save(case=case, values=ReferralValues(), actor=adviser)
    before = HousingReferral.objects.visible_to(own).count()

    services.referral_send(referral=referral, actor=adviser)

    assert before == 0
    assert HousingReferral.objects.visible_to(own).count() == 1
    assert HousingReferral.objects.visible_to(other).count() == 0
    assert not Case.objects.visible_to(own, Permission.VIEW).exists()  # no journal


def test_it_is_sent_once(adviser: User, case: Case) -> None:
    referral = make_referral(case=case)

    with pytest.raises(ReferralIsSent):
        services.referral_send(referral=referral, actor=adviser)

    assert kinds(case) == ["referral.sent"]


def test_the_shelter_refers_its_resident_and_no_other_shelter_does() -> None:
    shelter, other = make_shelter(), make_shelter()
    stay = make_stay(shelter=shelter)
    theirs = make_user(Role.SHELTER_STAFF, shelter.unit)
    strangers = make_user(Role.SHELTER_STAFF, other.unit)

    with pytest.raises(NotPermitted):
        services.referral_save(case=stay.case, values=ReferralValues(), actor=strangers)
    referral = services.referral_save(case=stay.case, values=ReferralValues(), actor=theirs)
    services.referral_send(referral=referral, actor=theirs)

    assert HousingReferral.objects.get().sent_by == theirs


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.ALLOCATOR, Role.PARTNER, Role.AUDITOR])
def test_who_may_not_refer(role: Role) -> None:
    unit = make_unit()

    with pytest.raises(NotPermitted):
        services.referral_save(
            case=make_case(unit=unit), values=ReferralValues(), actor=make_user(role, unit)
        )


@time_machine.travel(WEDNESDAY, tick=False)
def test_a_paper_that_comes_closes_its_task(adviser: User, case: Case) -> None:
    referral = make_referral(case=case)
    paper = referral.papers.get(kind=PaperKind.INCOME)

    services.paper_receive(paper=paper, received_on=date(2026, 8, 5), actor=adviser)

    paper.refresh_from_db()
    assert paper.received_on == date(2026, 8, 5)
    assert kinds(case) == ["referral.sent", "paper.received"]
    with pytest.raises(PaperReceivedEarlier):
        services.paper_receive(paper=paper, received_on=date(2026, 8, 6), actor=adviser)


def test_an_allocator_may_receive_a_paper_but_a_stranger_not(case: Case) -> None:
    allocator = make_allocator(case.municipality)
    paper = make_referral(case=case).papers.get(kind=PaperKind.IDENTITY)

    with pytest.raises(NotPermitted):
        services.paper_receive(
            paper=paper, received_on=date(2026, 8, 5), actor=make_user(Role.ADVISER)
        )
    services.paper_receive(paper=paper, received_on=date(2026, 8, 5), actor=allocator)

    paper.refresh_from_db()
    assert paper.received_on == date(2026, 8, 5)


def test_a_changed_referral_keeps_its_wait_and_gives_new_papers_a_day(
    adviser: User, case: Case
) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        referral = make_referral(case=case)
    later = WEDNESDAY + timedelta(days=30)

    with time_machine.travel(later, tick=False):
        services.referral_save(
            case=case,
            values=ReferralValues(papers={PaperKind.DEBT_PLAN: PaperValue(responsible=adviser)}),
            actor=adviser,
            referral=referral,
        )

    referral.refresh_from_db()
    assert referral.waits_from == date(2026, 8, 5)
    assert referral.papers.get(kind=PaperKind.DEBT_PLAN).due_on == date(2026, 9, 11)
    assert referral.papers.count() == 4
    assert kinds(case) == ["referral.sent", "referral.changed"]


def test_withdrawn_with_a_reason_and_the_allocators_see_it_no_longer(
    adviser: User, case: Case
) -> None:
    allocator = make_allocator(case.municipality)
    with time_machine.travel(WEDNESDAY, tick=False):
        referral = make_referral(case=case)
        services.referral_withdraw(referral=referral, reason=ReferralEnd.FOUND_HOME, actor=adviser)

    referral.refresh_from_db()
    assert (referral.status, referral.end_reason) == (ReferralStatus.WITHDRAWN, "found_home")
    assert not HousingReferral.objects.visible_to(allocator).exists()
    with pytest.raises(ReferralHasEnded):
        services.referral_withdraw(referral=referral, reason=ReferralEnd.MISTAKE, actor=adviser)
    with pytest.raises(ReferralHasEnded):
        services.referral_save(case=case, values=ReferralValues(), actor=adviser, referral=referral)


def test_not_withdrawn_while_an_offer_waits(adviser: User, case: Case) -> None:
    referral = make_referral(case=case)
    make_offer(referral=referral)

    with pytest.raises(HasLiveOffer):
        services.referral_withdraw(referral=referral, reason=ReferralEnd.MISTAKE, actor=adviser)

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.WAITING


def test_a_new_referral_may_follow_one_that_ended(adviser: User, case: Case) -> None:
    referral = make_referral(case=case)
    services.referral_withdraw(referral=referral, reason=ReferralEnd.MISTAKE, actor=adviser)

    make_referral(case=case)

    assert HousingReferral.objects.waiting().count() == 1


def test_H2_after_a_lost_home_the_next_referral_keeps_the_wait_and_the_wishes(
    adviser: User, case: Case
) -> None:
    area = make_area(municipality=case.municipality)
    referral = make_referral(
        case=case,
        values=ReferralValues(
            wish_words="Tæt på havnen",
            areas=(area,),
            papers={
                PaperKind.CONSENT: PaperValue(received_on=date(2026, 1, 5)),
                PaperKind.INCOME: PaperValue(received_on=date(2026, 1, 5)),
            },
        ),
        waits_from=date(2026, 1, 5),
    )
    offer = make_offer(referral=referral)
    services.offer_accept(offer=offer, starts_on=offer.vacancy.available_from, actor=adviser)

    again = services.referral_again(case=case, actor=adviser)
    services.referral_send(referral=again, actor=adviser)

    again.refresh_from_db()
    assert (again.waits_from, again.continues) == (date(2026, 1, 5), referral)
    assert (again.wish_words, values_of(again).areas) == ("Tæt på havnen", (area,))
    papers = {paper.kind: paper.received_on for paper in again.papers.all()}
    assert papers[PaperKind.CONSENT] == date(2026, 1, 5)
    assert papers[PaperKind.INCOME] is None  # it may have changed


def test_without_an_earlier_home_there_is_no_wait_to_keep(adviser: User, case: Case) -> None:
    with pytest.raises(NoEarlierHome):
        services.referral_again(case=case, actor=adviser)
