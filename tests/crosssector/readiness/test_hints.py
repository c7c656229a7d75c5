"""What the date of a decision means, told while it is being made."""

from datetime import date
from decimal import Decimal

import pytest

from cases.casework.models import Case
from crosssector.readiness.facts import home_of_case
from housing.shelters.enums import Section
from housing.tenancies.enums import TenancyEnd
from housing.tenancies.models import Tenancy
from support.methods.enums import Method, SupportSection
from support.methods.hints import Draft, hints_for
from tests.access.factories import make_unit
from tests.cases.factories import make_case
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import make_tenancy
from tests.support.factories import make_decision

pytestmark = pytest.mark.django_db

ADMITTED, DISCHARGED = date(2026, 1, 5), date(2026, 3, 14)


def said(
    case: Case,
    on: date,
    *,
    section: SupportSection = SupportSection.S85A,
    cost: Decimal | None = None,
) -> tuple[str, str]:
    """The tone and the words, with soft spaces."""
    (hint,) = hints_for(Draft(case, section, on, cost))
    return hint.tone, f"{hint.title} {hint.text}".replace("\u00a0", " ")


def test_who_never_stayed_at_a_shelter_gets_no_refund_and_the_support_all_the_same() -> None:
    tone, text = said(make_case(unit=make_unit()), DISCHARGED)

    assert tone == ""
    assert "har ikke boet på en boform efter § 110" in text
    assert "ingen grund til at vente" in text


def test_a_crisis_centre_does_not_count() -> None:
    stay = make_stay(shelter=make_shelter(section=Section.S109), admitted_on=ADMITTED)

    assert "har ikke boet" in said(stay.case, DISCHARGED)[1]


def test_general_support_is_never_refunded() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    assert "aldrig efter § 85" in said(stay.case, DISCHARGED, section=SupportSection.S85)[1]


def test_while_staying_it_is_in_time_and_worth_so_much() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    tone, text = said(stay.case, date(2026, 2, 26), cost=Decimal("12000.00"))

    assert tone == "done"
    assert "27. feb." in text
    assert "144.000 kr." in text
    assert "refunderes intet" in text


def test_a_decision_from_before_the_only_stay_counts_at_its_discharge() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    tone, text = said(stay.case, date(2026, 1, 2), cost=Decimal("12000.00"))

    assert tone == "done"
    assert "6. jan." in text


def test_after_the_discharge_it_is_too_late() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=DISCHARGED)

    for day in (DISCHARGED, date(2026, 3, 15)):
        tone, text = said(stay.case, day)
        assert tone == "over"
        assert "for sent" in text
        assert "14. marts" in text


def test_dated_before_the_discharge_it_counts() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=DISCHARGED)

    tone, text = said(stay.case, date(2026, 3, 13), cost=Decimal("10000.00"))

    assert tone == "done"
    assert "13. marts 2028" in text
    assert "120.000 kr." in text


def test_a_new_decision_after_one_in_time_is_said_to_be_unsettled() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=DISCHARGED)
    make_decision(case=stay.case, decided_on=date(2026, 3, 1))

    assert "i tide" in said(stay.case, date(2026, 6, 1))[1]


def test_directly_to_107_may_still_be_refunded() -> None:
    stay = make_stay(admitted_on=ADMITTED, discharged_on=DISCHARGED)
    make_stay(
        shelter=make_shelter(section=Section.S107),
        citizen=stay.citizen,
        municipality=stay.case.municipality,
        admitted_on=DISCHARGED,
    )

    assert "direkte" in said(stay.case, date(2026, 6, 1))[1]


def test_a_discharge_before_the_act_gives_nothing() -> None:
    stay = make_stay(admitted_on=date(2023, 1, 5), discharged_on=date(2023, 3, 1))

    assert "før reglen trådte i kraft" in said(stay.case, date(2026, 5, 1))[1]


# --- the home that courses ask about


def ended(tenancy: Tenancy, on: date, reason: TenancyEnd) -> None:
    Tenancy.objects.filter(pk=tenancy.pk).update(ends_on=on, end_reason=reason)


@pytest.mark.parametrize(
    ("reason", "is_lost"),
    [
        (TenancyEnd.EVICTED, True),
        (TenancyEnd.TERMINATED_LANDLORD, True),
        (TenancyEnd.TERMINATED_TENANT, True),
        (TenancyEnd.MOVED, False),
        (TenancyEnd.DEAD, False),
    ],
)
def test_which_endings_are_losses(reason: TenancyEnd, is_lost: bool) -> None:
    case = make_case(unit=make_unit())
    ended(make_tenancy(case=case, starts_on=date(2026, 1, 1)), date(2026, 6, 1), reason)

    assert home_of_case(case).lost_on == (date(2026, 6, 1) if is_lost else None)
    assert home_of_case(case).starts_on is None


def test_the_home_that_runs_is_the_one_that_counts() -> None:
    case = make_case(unit=make_unit())
    ended(make_tenancy(case=case, starts_on=date(2026, 1, 1)), date(2026, 6, 1), TenancyEnd.EVICTED)
    make_tenancy(case=case, starts_on=date(2026, 12, 15))

    home = home_of_case(case)
    assert (home.starts_on, home.lost_on) == (date(2026, 12, 15), date(2026, 6, 1))


def test_a_decision_that_is_made_is_not_spoken_of_as_a_draft() -> None:
    stay = make_stay(admitted_on=ADMITTED)

    (hint,) = hints_for(Draft(stay.case, SupportSection.S85A, DISCHARGED, is_made=True))

    assert hint.title == "Truffet i tide."
    assert "refunderes intet" not in hint.text


COST = Decimal("40000.00")
MOVED = date(2026, 7, 1)


def place(case: Case, decided: date, starts: date = MOVED, ends: date | None = None) -> None:
    make_decision(
        case=case,
        section=SupportSection.S107,
        method=Method.FACILITY,
        decided_on=decided,
        starts_on=starts,
        ends_on=ends,
        monthly_cost_dkk=COST,
    )


def at_107(case: Case, decided: date) -> tuple[str, str]:
    return said(case, decided, section=SupportSection.S107, cost=COST)


def test_a_place_under_107_while_staying() -> None:
    tone, text = at_107(make_stay(admitted_on=ADMITTED).case, date(2026, 2, 26))

    assert tone == "done"
    assert "27. feb." in text
    assert "120.000 kr." in text


@pytest.mark.parametrize(
    ("decided", "tone", "words"),
    [
        pytest.param(date(2026, 6, 24), "done", "senest til og med 30. juni 2027", id="J4"),
        pytest.param(MOVED, "over", "samme dag som afgørelsen", id="the-same-day"),
        pytest.param(date(2026, 7, 2), "over", "ikke bevilget før det", id="after"),
        pytest.param(date(2027, 7, 1), "over", "mere end et år", id="a-year-later"),
    ],
)
def test_a_place_under_107_after_the_discharge(decided: date, tone: str, words: str) -> None:
    stay = make_stay(admitted_on=date(2026, 5, 11), discharged_on=MOVED)

    answered, text = at_107(stay.case, decided)

    assert answered == tone
    assert words in text


@pytest.mark.parametrize(
    ("ends", "decided", "tone", "words"),
    [
        pytest.param(None, date(2026, 9, 1), "done", "når opholdet er slut", id="still-there"),
        pytest.param(
            date(2026, 10, 1), date(2026, 9, 1), "done", "til og med 30. juni 2028", id="follows"
        ),
        pytest.param(
            date(2026, 10, 1), date(2026, 11, 1), "over", "for længe efter", id="too-long-after"
        ),
    ],
)
def test_support_after_a_place_under_107(
    ends: date | None, decided: date, tone: str, words: str
) -> None:
    stay = make_stay(admitted_on=date(2026, 5, 11), discharged_on=MOVED)
    place(stay.case, date(2026, 7, 1), ends=ends)

    answered, text = said(stay.case, decided, cost=Decimal("10000.00"))

    assert answered == tone
    assert words in text


def test_a_place_that_does_not_follow_the_shelter_directly_changes_nothing() -> None:
    stay = make_stay(admitted_on=date(2026, 5, 11), discharged_on=MOVED)
    place(stay.case, date(2026, 7, 1), starts=date(2026, 8, 1), ends=date(2026, 9, 1))

    assert "for sent" in said(stay.case, date(2026, 9, 1))[1]
