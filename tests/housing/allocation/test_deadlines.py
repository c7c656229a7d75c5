"""What falls due: an offer's answer and missing papers; closed by facts. And the way home."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.casework.path import path_of, with_path
from cases.models import Case
from housing.allocation import jobs, services
from housing.allocation.deadlines import ANSWER, PAPER
from housing.allocation.enums import DeclinedBy, DeclineReason, OfferStatus, PaperKind
from housing.allocation.models import Offer
from housing.shelters.clock import clocks_refresh
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.services import tenancy_end, tenancy_register
from housingfirst.deadlines.kinds import kind_of
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import sweep
from tests.cases.factories import make_case
from tests.housing.factories import make_stay
from tests.housing.homes import Town, make_referral

pytestmark = pytest.mark.django_db


def due(kind: str) -> list[Deadline]:
    return list(Deadline.objects.open().filter(kind=kind).order_by("due_on", "pk"))


def test_an_offer_is_answered_by_the_cases_own_people(town: Town) -> None:
    referral = town.waiting()
    Case.objects.filter(pk=referral.case_id).update(adviser=town.adviser)
    offer = town.offer(town.vacancy(rent_dkk=Decimal(4_930)), referral)

    (deadline,) = due(ANSWER)

    assert (deadline.unit, deadline.person, deadline.case) == (
        town.unit, town.adviser, referral.case,
    )  # fmt: skip
    assert deadline.due_at == offer.answer_by
    assert deadline.weekly_cost_dkk is None  # no shelter stay is running
    kind = kind_of(ANSWER)
    assert kind.url(deadline) == reverse("housing:offer_detail", args=[offer.reference])
    assert "4.930" in kind.written(kind.why, deadline.params)
    assert offer.dwelling.address not in str(deadline.params)


@pytest.mark.parametrize(("stayed", "is_over"), [(10, False), (120, True)])
def test_what_another_week_at_the_shelter_costs(town: Town, stayed: int, is_over: bool) -> None:
    today = timezone.localdate()
    case = make_case(unit=town.unit)
    stay = make_stay(
        citizen=case.citizen,
        municipality=town.municipality,
        admitted_on=today - timedelta(days=stayed),
    )
    clocks_refresh([case.citizen_id], today)
    town.offer(town.vacancy(), make_referral(case=case))
    clock = stay.clock

    (deadline,) = due(ANSWER)

    assert deadline.weekly_cost_dkk == (
        clock.weekly_after_dkk if is_over else clock.weekly_before_dkk
    )


def test_an_answer_closes_it(town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting())

    services.offer_decline(
        offer=offer,
        declined_by=DeclinedBy.CITIZEN,
        reason=DeclineReason.AREA,
        actor=town.adviser,
    )

    assert due(ANSWER) == []


def test_missing_papers_are_due_and_close_one_by_one(town: Town) -> None:
    referral = make_referral(case=make_case(unit=town.unit), actor=town.adviser)
    before = due(PAPER)
    paper = referral.papers.get(kind=PaperKind.INCOME)

    services.paper_receive(paper=paper, received_on=timezone.localdate(), actor=town.adviser)

    assert len(before) == 3
    assert {deadline.person for deadline in before} == {town.adviser}
    assert len(due(PAPER)) == 2
    kind = kind_of(PAPER)
    assert kind.url(before[0]) == reverse("housing:housing_tab", args=[referral.case.reference])
    assert "legitimation" in " ".join(
        kind.written(kind.title, deadline.params) for deadline in before
    )


def test_a_draft_asks_for_no_papers(town: Town) -> None:
    make_referral(case=make_case(unit=town.unit), is_sent=False)
    sweep(timezone.localdate())

    assert due(PAPER) == []


def test_the_job_expires_what_is_late_and_says_how_many(town: Town) -> None:
    offer = town.offer(town.vacancy(), town.waiting())
    Offer.objects.filter(pk=offer.pk).update(
        offered_at=timezone.now() - timedelta(days=2), answer_by=timezone.now()
    )

    assert jobs.offers_expire() == 1
    assert jobs.offers_expire() == 0
    assert Offer.objects.get().status == OfferStatus.EXPIRED
    assert due(ANSWER) == []


def taken(case: Case) -> list[str]:
    state = path_of(with_path(Case.objects.filter(pk=case.pk)).get())
    mine = {"referred", "offered", "accepted", "keys"}
    return [step.key for step, done in state.taken if done and step.key in mine]


def test_the_way_home_step_by_step_and_anew_after_a_loss(town: Town) -> None:
    today = timezone.localdate()
    case = make_case(unit=town.unit)
    steps = [taken(case)]
    referral = make_referral(case=case)
    steps.append(taken(case))
    offer = town.offer(town.vacancy(), referral)
    steps.append(taken(case))
    tenancy = services.offer_accept(offer=offer, starts_on=today, actor=town.adviser)
    steps.append(taken(case))
    tenancy_register(tenancy=tenancy, signed_on=today, keys_on=today, actor=town.adviser)
    steps.append(taken(case))
    tenancy_end(tenancy=tenancy, ends_on=today, reason=TenancyEnd.EVICTED, actor=town.adviser)
    steps.append(taken(case))
    again = services.referral_again(case=case, actor=town.adviser)
    services.referral_send(referral=again, actor=town.adviser)
    steps.append(taken(case))

    assert steps == [
        [],
        ["referred"],
        ["referred", "offered"],
        ["referred", "offered", "accepted"],
        ["referred", "offered", "accepted", "keys"],
        [],
        ["referred"],
    ]


def test_the_wish_of_a_sent_referral_is_the_cases_wish(town: Town) -> None:
    case = make_case(unit=town.unit)
    referral = make_referral(case=case, is_sent=False)
    referral.wish_words = "Min egen dør"
    referral.save()

    services.referral_send(referral=referral, actor=town.adviser)

    assert [wish.words for wish in case.wishes.all()] == ["Min egen dør"]
