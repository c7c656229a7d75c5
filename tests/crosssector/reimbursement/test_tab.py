"""The tab "Økonomi og refusion": the strip, support after the shelter, and what if."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from cases.casework.models import Case
from cases.citizens.enums import Protection
from crosssector.reimbursement.rules import Quarter
from crosssector.reimbursement.services import claim_draft
from crosssector.reimbursement.tab.facts import refund_of
from crosssector.reimbursement.tab.what_if import Scenario, compare
from housing.shelters.enums import DischargeTo, Section
from housing.shelters.models import Stay
from housing.shelters.services import days_elsewhere_add, shelter_save, stay_discharge
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.law.days import COPENHAGEN
from support.enrolments.enums import EndReason
from support.enrolments.services import enrolment_end
from support.methods.enums import Method, SupportSection
from tests.access.factories import make_user
from tests.housing.factories import make_shelter, make_stay
from tests.housing.shelters.pages import address, frozen, log_in
from tests.support.factories import make_decision, make_enrolment

pytestmark = pytest.mark.django_db

NOVEMBER = datetime(2026, 11, 17, 11, 12, tzinfo=COPENHAGEN)
DISCHARGED = date(2026, 12, 14)


def page(client: Client, case: Case, query: str = "") -> str:
    response = client.get(address("reimbursement", case.reference) + query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def discharge(stay: Stay, on: date = DISCHARGED) -> None:
    stay_discharge(
        stay=stay, discharged_on=on, to=DischargeTo.OWN_HOME, reason="Flytter", actor=None
    )


@pytest.fixture
def sanne() -> Stay:
    """90 days from 2 September: the last with reimbursement is 30 November."""
    shelter = make_shelter(
        daily_rate_dkk=Decimal("1684.00"), resident_payment_dkk=Decimal("107.00")
    )
    with frozen(NOVEMBER):
        return make_stay(shelter=shelter, admitted_on=date(2026, 9, 2))


def test_what_if_as_the_prototype_has_it(client: Client, sanne: Stay) -> None:
    with frozen(NOVEMBER):
        log_in(client, Role.ADVISER, sanne.case.unit)
        empty = page(client, sanne.case)
        html = page(
            client,
            sanne.case,
            "?if-discharged_on=14-12-2026&if-decided=after&if-monthly_dkk=12.400",
        )

    assert "man. 30. nov." in empty
    assert "Forskel fra planen" not in empty
    assert "1 nat med refusion, 30. nov." in html
    assert "788,50" in html
    assert "13 nætter uden refusion, 1. dec. – 13. dec." in html
    assert "20.501,00" in html
    assert "§ 85 a uden refusion i 24 måneder" in html
    assert "148.800,00" in html
    assert "Dyrere end planen" in html
    assert "170.089,50" in html


@pytest.mark.parametrize(
    ("day", "decided", "expected"),
    [
        pytest.param("20-11-2026", "before", ["Sparet: 10 nætter", "7.885,00"], id="sooner"),
        pytest.param("30-11-2026", "before", ["Ingen forskel i kroner"], id="as-planned"),
        pytest.param("30-11-2026", "after", ["148.800,00"], id="only-later-decided"),
    ],
)
def test_what_if_otherwise(
    client: Client, sanne: Stay, day: str, decided: str, expected: list[str]
) -> None:
    query = f"?if-discharged_on={day}&if-decided={decided}&if-monthly_dkk=12.400"
    with frozen(NOVEMBER):
        log_in(client, Role.ADVISER, sanne.case.unit)
        html = page(client, sanne.case, query)

    for words in expected:
        assert words in html


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?if-discharged_on=16-11-2026&if-decided=after", "Skriv en dag fra 17-11-2026"),
        ("?if-discharged_on=x&if-decided=after", "Udskrevet"),
        ("?if-discharged_on=14-12-2026&if-decided=x", "§ 85 a afgøres"),
        ("?if-discharged_on=14-12-2026&if-decided=after&if-monthly_dkk=-1", "Støtte pr. måned"),
        ("?if-discharged_on=99-99-99999&if-monthly_dkk=%00", "3 ting"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(
    client: Client, sanne: Stay, query: str, says: str
) -> None:
    with frozen(NOVEMBER):
        log_in(client, Role.ADVISER, sanne.case.unit)
        html = page(client, sanne.case, query)

    assert "før der kan regnes" in html
    assert says in html
    assert "Forskel fra planen" not in html


def test_support_already_priced_is_what_it_is_worked_out_with(client: Client, sanne: Stay) -> None:
    with frozen(NOVEMBER):
        make_decision(case=sanne.case, decided_on=date(2026, 11, 10))
        log_in(client, Role.ADVISER, sanne.case.unit)
        html = page(client, sanne.case)

    assert 'name="if-monthly_dkk" value="12.000' in html


def test_a_stay_over_the_limit_is_compared_with_today(client: Client) -> None:
    """Since the refund ran out there is no plan to keep: every night more is paid in full."""
    with frozen(NOVEMBER):
        stay = make_stay(admitted_on=date(2026, 3, 1))
        log_in(client, Role.ADVISER, stay.case.unit)
        html = page(client, stay.case, "?if-discharged_on=24-11-2026&if-decided=before")

    assert "7 nætter uden refusion, 17. nov. – 23. nov." in html
    assert "9.401,00" in html


def test_J1_support_is_refunded_from_the_discharge(client: Client) -> None:
    with frozen(NOVEMBER):
        stay = make_stay(admitted_on=date(2026, 8, 3))
    make_decision(
        case=stay.case,
        decided_on=date(2026, 11, 26),
        starts_on=DISCHARGED,
        monthly_cost_dkk=Decimal("12400.00"),
    )
    with frozen(datetime(2027, 1, 13, 9, 0, tzinfo=COPENHAGEN)):
        discharge(stay)
        log_in(client, Role.ADVISER, stay.case.unit)
        html = page(client, stay.case)

    assert "Støtte efter boformen" in html
    assert "SEL § 176 a, stk. 1: 50 % af § 85 a-støtte fra 14. dec. 2026 til 13. dec. 2028" in html
    assert "14. dec. 2026 – 13. jan." in html
    assert "6.200,00" in html  # one month of half 12,400
    assert "142.600,00" in html  # the 23 that lie ahead
    assert "Prognose" in html
    assert "66.635 kr. hjemtaget · 28.874,50 kr. tabt" in html  # 43 nights over the limit
    assert "Hvad nu hvis" not in html


@pytest.mark.parametrize(
    ("decided", "mark"),
    [(date(2026, 12, 14), "på udskrivningsdagen"), (date(2026, 12, 15), "efter udskrivningen")],
)
def test_J1_decided_too_late_it_is_lost(client: Client, decided: date, mark: str) -> None:
    with frozen(NOVEMBER):
        stay = make_stay(admitted_on=date(2026, 10, 1))
    make_decision(case=stay.case, decided_on=decided, starts_on=DISCHARGED)
    with frozen(datetime(2027, 1, 13, 9, 0, tzinfo=COPENHAGEN)):
        discharge(stay)
        log_in(client, Role.ADVISER, stay.case.unit)
        html = page(client, stay.case)

    assert mark in html
    assert "Tabt" in html
    assert "refunderes ikke" in html


def test_support_ends_with_its_last_course_and_has_its_price(client: Client) -> None:
    with frozen(NOVEMBER):
        stay = make_stay(admitted_on=date(2026, 8, 3))
        discharge(stay, date(2026, 10, 1))
        priced = make_decision(
            case=stay.case, decided_on=date(2026, 9, 20), starts_on=date(2026, 10, 1)
        )
        course = make_enrolment(decision=priced, started_on=date(2026, 10, 1))
        enrolment_end(
            enrolment=course,
            ended_on=date(2026, 11, 1),
            reason=EndReason.COMPLETED,
            remark="Klarer sig selv.",
            actor=None,
        )
        make_decision(
            case=stay.case,
            section=SupportSection.S107,
            method=Method.FACILITY,
            decided_on=date(2026, 9, 21),
            starts_on=date(2026, 10, 1),
            monthly_cost_dkk=None,
        )
        log_in(client, Role.ADVISER, stay.case.unit)
        refund = refund_of(stay.case, timezone.localdate())
        html = page(client, stay.case)

    assert refund.support.support_amount_dkk == Decimal("6000.00")
    assert "ukendt" in html
    assert "Skriv prisen i afgørelsen" in html
    assert "SEL § 176 a, stk. 2" in html


def test_days_elsewhere_open_the_two_years(sanne: Stay) -> None:
    with frozen(NOVEMBER):
        days_elsewhere_add(
            case=sanne.case,
            starts_on=date(2026, 6, 1),
            ends_on=date(2026, 6, 15),
            source="brev",
            actor=None,
        )
        refund = refund_of(sanne.case, timezone.localdate())
        plan = Scenario(date(2026, 11, 16), True, Decimal("1000"))
        late = Scenario(date(2026, 11, 16), False, Decimal("1000"))
        rows = compare(refund, sanne, plan, late).rows

    (window,) = refund.support.windows
    assert window.starts_on == date(2026, 6, 15)
    assert [row.text.replace("\u00a0", " ") for row in rows] == [
        "§ 85 a uden refusion i 19 måneder"
    ]


def test_the_strip_has_a_row_for_what_is_known(client: Client, sanne: Stay) -> None:
    with frozen(NOVEMBER):
        log_in(client, Role.ADVISER, sanne.case.unit)
        html = page(client, sanne.case)

    assert "År 1: 77 af 90 dage brugt, 13 tilbage" in html
    assert "ingen refusion, hvis opholdet fortsætter" in html
    assert "Bolig</text>" not in html
    assert "Borgerens forløb: 1 ophold, 60.714,50 kr. hjemtaget og 0 kr. tabt" in html


def test_a_long_life_is_drawn_within_its_frame(client: Client) -> None:
    """Years back, and support that goes on: nothing leaves the frame, and words keep clear."""
    with frozen(NOVEMBER):
        stay = make_stay(admitted_on=date(2021, 1, 1), discharged_on=date(2021, 2, 1))
        for n in range(12):
            make_stay(
                citizen=stay.citizen,
                shelter=stay.shelter,
                admitted_on=date(2024, 1, 1) + timedelta(days=80 * n),
                discharged_on=date(2024, 1, 31) + timedelta(days=80 * n),
            )
        log_in(client, Role.ADVISER, stay.case.unit)
        html = page(client, stay.case)

    assert "Hele forløbet" in html
    assert "13 ophold" in html


def test_the_lines_as_a_table_and_the_computation_as_pdf(client: Client, sanne: Stay) -> None:
    with frozen(NOVEMBER):
        make_decision(case=sanne.case, decided_on=date(2026, 11, 10), starts_on=date(2026, 11, 12))
        user = log_in(client, Role.ADVISER, sanne.case.unit)
        url = reverse("crosssector:citizen_refund_file", args=[sanne.case.reference])
        table = client.get(url, {"as": "csv"})
        document = client.get(url, {"as": "pdf"})

    rows = b"".join(table).decode("utf-8-sig").splitlines()
    assert rows[1].startswith("§ 110;2026-09-02;2026-11-17;77;;1684.00;107.00".replace(".", ","))
    assert "within-limit" in rows[1]
    assert rows[2].startswith("§ 85a;2026-11-12;2026-11-17;6;")
    assert sanne.citizen.name not in table.headers["Content-Disposition"]
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(document.content)).pages)
    assert sanne.case.number in text
    assert "60.714,50" in text
    assert "Tæller udskrivningsdagen" in text
    logged = AccessEntry.objects.filter(user=user, action=LogAction.EXPORTED)
    assert logged.count() == 2


def test_a_protected_citizens_place_is_in_no_file(client: Client, sanne: Stay) -> None:
    with frozen(NOVEMBER):
        sanne.citizen.protection = Protection.UNKNOWN
        sanne.citizen.save()
        log_in(client, Role.ADVISER, sanne.case.unit)
        url = reverse("crosssector:citizen_refund_file", args=[sanne.case.reference])
        table, document = client.get(url, {"as": "csv"}), client.get(url)

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(document.content)).pages)
    assert "sted skjult" in text
    assert sanne.shelter.name not in text
    assert sanne.shelter.name not in b"".join(table).decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_support_costs_no_query_of_its_own_for_each_decision(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Earlier stays, nights away, days elsewhere, a stay that runs, and claims, too."""
    with frozen(NOVEMBER):
        stay = make_stay(admitted_on=date(2026, 1, 1))
        for n in range(rows):
            make_decision(
                case=stay.case,
                decided_on=date(2026, 1, 10) + timedelta(days=n),
                starts_on=date(2026, 3, 1) + timedelta(days=n),
            )
            days_elsewhere_add(
                case=stay.case,
                starts_on=date(2025, 3, 1) + timedelta(days=n),
                ends_on=date(2025, 3, 2) + timedelta(days=n),
                source="Havneborg",
                actor=None,
            )
        discharge(stay, date(2026, 3, 1))
        make_stay(
            citizen=stay.citizen, municipality=stay.case.municipality, admitted_on=date(2026, 9, 1)
        )
        claim_draft(
            municipality=stay.case.municipality,
            quarter=Quarter(date(2026, 7, 1)),
            actor=None,
            today=NOVEMBER.date(),
        )
        log_in(client, Role.ADVISER, stay.case.unit)
        page(client, stay.case)

        with django_assert_max_num_queries(14):  # the test's own savepoint and release among them
            html = page(client, stay.case)
    assert html.count("§ 85 a, CTI") >= rows
    assert "3. kvartal 2026" in html


def test_days_before_the_place_was_registered_are_told_as_the_claim_has_them(
    client: Client, sanne: Stay
) -> None:
    with frozen(NOVEMBER):
        shelter = sanne.shelter
        shelter_save(
            unit=shelter.unit,
            name=shelter.name,
            section=Section.S110,
            address="",
            phone="",
            registered_number="280100",
            registered_from=date(2026, 9, 12),
            today=NOVEMBER.date(),
            actor=make_user(Role.SHELTER_LEADER, shelter.unit),
        )
        log_in(client, Role.ADVISER, sanne.case.unit)
        html = page(client, sanne.case)
        claim = claim_draft(
            municipality=sanne.case.municipality,
            quarter=Quarter(date(2026, 7, 1)),
            actor=None,
            today=NOVEMBER.date(),
        )
        refund = refund_of(Case.objects.get(pk=sanne.case_id), NOVEMBER.date())

    assert "Stedet er ikke registreret" in html
    # Of 29 nights in September 19 are refunded, and 48 since then: 1,577 net, half of it.
    assert [line.amount_dkk for line in claim.lines.order_by("starts_on")] == [
        Decimal("0.00"),
        Decimal("14981.50"),
    ]
    assert refund.gained_dkk == Decimal("788.50") * (19 + 48)
