"""T33: every figure is what one gets by counting the rows that the reader may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from statistics import median, quantiles

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.casework.grants import FULL, grant_unit
from cases.casework.models import Case
from crosssector.handoffs.models import Handoff
from crosssector.insight.rules import OVER, StockBand, stock_band, wait_band
from crosssector.insight.selectors import late, stock, waiting
from crosssector.insight.selectors.scope import Scope
from housing.models import HousingReferral, Offer, ReferralPaper, Stay
from housing.shelters.enums import Section
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Unit
from housingfirst.deadlines.models import Deadline
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.crosssector.insight.factories import (
    at,
    make_handoff,
    make_offer,
    make_resident,
    make_vacancy,
    make_wait,
)
from tests.deadlines.factories import DAY, NOON, make_deadline, make_kind, only_kinds

pytestmark = pytest.mark.django_db

RESIDENT = st.tuples(
    st.integers(0, 2),  # whose: own, own by a share, another municipality's
    st.one_of(
        st.none(),
        st.sampled_from([0, 7, 8, 14, 15, 30, 31, 60, 61, 120]),
        st.sampled_from([-1, -30, -31, -60, -61, -200]),
    ),
    st.booleans(),  # has an offer
)
WAIT = st.tuples(
    st.integers(0, 2),
    st.sampled_from([0, 1, 30, 31, 90, 91, 180, 181, 400]),
    st.booleans(),
    st.booleans(),
)
LATE = st.tuples(st.integers(0, 2), st.integers(-3, 2), st.booleans())
SETTINGS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _tuesday_noon() -> Iterator[None]:
    kinds = make_kind(), make_kind("test_law", is_statutory=True)
    with time_machine.travel(NOON, tick=False), only_kinds(*kinds):
        yield


class World:
    """A lead's own unit, another that shares its cases with it, and one of another municipality."""

    def __init__(self) -> None:
        own = make_unit()
        self.units: list[Unit] = [own, make_unit(municipality=own.municipality), make_unit()]
        self.lead = make_user(Role.TEAM_LEAD, own)
        self.scope = Scope(user=self.lead, day=DAY, now=NOON)

    def share(self, case: Case) -> None:
        grant_unit(case, self.units[0], FULL, reason="share", actor=None)


@SETTINGS
@given(rows=st.lists(RESIDENT, max_size=12))
def test_the_stock_is_what_the_visible_rows_add_up_to(
    rows: list[tuple[int, int | None, bool]],
) -> None:
    with transaction.atomic():
        world = World()
        for whose, days, offered in rows:
            left, over = (None, 0) if days is None else (max(days, 0), max(-days, 0))
            stay = make_resident(unit=world.units[whose], left=left, over=over)
            if whose == 1:
                world.share(stay.case)
            if offered:
                make_offer(referral=make_wait(case=stay.case, days=3), unit=world.units[whose])

        found = stock.stock_of(world.scope)

        visible = Stay.objects.visible_to(world.lead).filter(discharged_on__isnull=True)
        bands: Counter[StockBand] = Counter()
        offers: Counter[StockBand] = Counter()
        gross = refund = Decimal(0)
        uncounted = 0
        for stay in visible.select_related("clock"):
            clock = getattr(stay, "clock", None)
            if clock is None:
                uncounted += 1
                continue
            band = stock_band(
                is_over=clock.last_refundable_on < DAY,
                days_over=clock.over_on(DAY),
                days_left=clock.left_on(DAY),
            )
            bands[band] += 1
            offers[band] += Offer.objects.live().filter(case=stay.case).exists()
            gross += clock.weekly_after_dkk
            if band not in OVER:
                refund += clock.weekly_after_dkk - clock.weekly_before_dkk
        assert {band: row.citizens for band, row in found.bands.items() if row.citizens} == bands
        assert sum(row.with_offer for row in found.bands.values()) == offers.total()
        assert found.near.with_offer == offers[StockBand.LEFT_0] + offers[StockBand.LEFT_8]
        assert (found.counted.weekly.gross, found.counted.weekly.refund) == (gross, refund)
        assert found.over.weekly.refund == 0
        assert found.uncounted == uncounted
        assert found.citizens == visible.count()
        for band in StockBand:
            assert stock.residents_in(world.scope, [band]).count() == bands[band]
        assert stock.residents_in(world.scope, None).count() == found.citizens
        transaction.set_rollback(True)


@SETTINGS
@given(rows=st.lists(WAIT, max_size=12))
def test_the_waits_are_what_the_visible_rows_add_up_to(
    rows: list[tuple[int, int, bool, bool]],
) -> None:
    with transaction.atomic():
        world = World()
        for whose, days, offered, missing in rows:
            unit = world.units[whose]
            case = make_case(unit=unit)
            if whose == 1:
                world.share(case)
            referral = make_wait(case=case, days=days, papers_missing=missing)
            if offered:
                make_offer(referral=referral, unit=unit)

        found = waiting.waits_of(world.scope)

        visible = list(HousingReferral.objects.visible_to(world.lead).waiting())
        ages = sorted((DAY - one.waits_from).days for one in visible if one.waits_from)
        counted = Counter(wait_band(days) for days in ages)
        assert {band: row.citizens for band, row in found.bands.items() if row.citizens} == counted
        offers = Offer.objects.live().filter(referral__in=visible).count()
        assert sum(row.with_offer for row in found.bands.values()) == offers
        missing_papers = ReferralPaper.objects.filter(referral__in=visible, received_on=None)
        assert sum(row.papers_missing for row in found.bands.values()) == missing_papers.count()
        if len(ages) > 1:
            first, _middle, third = quantiles(ages, n=4, method="inclusive")
            assert found.quartiles == (round(first), round(median(ages)), round(third))
        elif not ages:
            assert found.quartiles is None
        for band in found.bands:
            page = waiting.page_of_waiting(world.scope, band, after="", before="")
            assert len(page.rows) == counted[band]
        transaction.set_rollback(True)


@SETTINGS
@given(rows=st.lists(LATE, max_size=12))
def test_what_is_late_is_what_the_visible_rows_add_up_to(
    rows: list[tuple[int, int, bool]],
) -> None:
    with transaction.atomic():
        world = World()
        partner = make_unit(kind=UnitKind.BENEFITS_OFFICE)
        for whose, days, by_law in rows:
            unit = world.units[whose]
            case = make_case(unit=unit)
            if whose == 1:
                world.share(case)
            due = DAY + timedelta(days=days)
            make_deadline(
                unit=unit,
                case=case,
                due_on=due,
                due_at=at(due) if by_law else None,
                kind="test_law" if by_law else "test_wish",
            )
            make_handoff(case=case, partner=partner, due_at=at(due), asker=world.lead)

        units = late.late_by_unit(world.scope)
        partners = late.partners_of(world.scope)

        visible = [
            row
            for row in Deadline.objects.open().visible_to(world.lead).select_related("unit")
            if row.due_on < DAY or (row.due_at is not None and row.due_at <= NOON)
        ]
        assert {row.unit_name: row.late for row in units} == Counter(
            row.unit.name for row in visible
        )
        assert sum(row.statutory for row in units) == sum(row.kind == "test_law" for row in visible)
        asked = Handoff.objects.visible_to(world.lead).open()
        assert sum(row.open for row in partners) == asked.count()
        assert sum(row.late for row in partners) == asked.filter(due_at__lte=NOON).count()
        transaction.set_rollback(True)


def test_vacancy_rent_counts_from_its_first_day_and_in_the_municipality_alone() -> None:
    world = World()
    make_vacancy(unit=world.units[0], rent_dkk=Decimal(3650), rent_from=DAY)
    make_vacancy(unit=world.units[1], rent_dkk=Decimal(7300), rent_from=DAY - timedelta(days=9))
    make_vacancy(unit=world.units[0], rent_from=DAY + timedelta(days=1))
    make_vacancy(unit=world.units[0], rent_from=None)
    make_vacancy(unit=world.units[2], rent_from=DAY)

    found = waiting.empty_homes_of(world.scope)

    assert (found.homes, found.weekly_dkk) == (2, Decimal("2520.00"))  # 10,950 x 12 / 365 x 7


def test_who_came_and_left_in_thirty_days() -> None:
    world = World()
    own = world.units[0]
    make_resident(unit=own, admitted_days_ago=31)
    make_resident(unit=own, admitted_days_ago=29)
    make_resident(unit=own, admitted_days_ago=30)
    gone = make_resident(unit=own, admitted_days_ago=40)
    Stay.objects.filter(pk=gone.pk).update(discharged_on=DAY, discharge_to="own_home")
    make_resident(unit=own, admitted_days_ago=50, section=Section.S107)
    make_resident(unit=world.units[2], admitted_days_ago=2)

    assert stock.stock_of(world.scope).flow == stock.Flow(then=3, came=1, left=1)


def test_a_promise_kept_is_an_answer_by_its_time() -> None:
    world = World()
    partner = make_unit(kind=UnitKind.BENEFITS_OFFICE)
    for answered in (NOON - timedelta(days=1), NOON - timedelta(days=3), NOON - timedelta(days=31)):
        make_handoff(
            case=make_case(unit=world.units[0]),
            partner=partner,
            due_at=NOON - timedelta(days=2),
            asker=world.lead,
            answered_at=answered,
        )

    (found,) = late.partners_of(world.scope)

    assert (found.open, found.answered, found.kept) == (0, 2, 1)


def test_a_unit_narrows_every_figure() -> None:
    world = World()
    for unit in world.units[:2]:
        stay = make_resident(unit=unit, left=3)
        world.share(stay.case)
        make_offer(referral=make_wait(case=stay.case, days=40), unit=unit)
        make_deadline(unit=unit, case=stay.case, due_on=DAY - timedelta(days=1))
        make_handoff(
            case=stay.case,
            partner=make_unit(kind=UnitKind.BENEFITS_OFFICE),
            due_at=NOON,
            asker=world.lead,
        )
    narrow = Scope(user=world.lead, day=DAY, now=NOON, unit=world.units[1])

    for scope, count in ((world.scope, 2), (narrow, 1)):
        assert stock.stock_of(scope).citizens == count
        assert waiting.waits_of(scope).citizens == count
        assert waiting.offers_of(scope)[1] == count
        assert len(late.late_by_unit(scope)) == count
        assert len(late.partners_of(scope)) == count
