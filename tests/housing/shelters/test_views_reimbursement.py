"""The clock on the pages of a case, and the refund line by line."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.citizens.enums import Protection
from housing.shelters import services
from housing.shelters.enums import DischargeTo
from housing.shelters.models import DaysElsewhere, ReimbursementClock, Stay
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry
from housingfirst.law.days import COPENHAGEN
from tests.access.factories import make_municipality, make_unit
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_shelter, make_stay
from tests.housing.shelters.pages import address, frozen, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

DECEMBER = datetime(2026, 12, 14, 9, 0, tzinfo=COPENHAGEN)


def plain(html: str) -> str:
    return html.replace("\u00a0", " ")


def overview(client: Client, stay: Stay) -> str:
    response = client.get(reverse("cases:case_detail", args=[stay.case.reference]))
    assert response.status_code == 200
    return plain(response.content.decode())


def refund(client: Client, stay: Stay) -> str:
    response = client.get(address("reimbursement", stay.case.reference))
    assert response.status_code == 200
    return plain(response.content.decode())


def test_J1_the_adviser_sees_the_clock_on_the_overview(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    log_in(client, Role.ADVISER, stay.case.unit)

    html = overview(client, stay)

    assert "§ 110: <b>dag 2 af 90</b>, 88 dage tilbage" in html
    assert "lør. 31. okt." in html
    assert "ca. 4.700 kr. mere (9.401 kr. i stedet for ca. 4.700 kr.)" in html
    assert "3. aug. 2027" in html


def test_over_the_limit_the_clock_says_how_far(client: Client) -> None:
    with frozen(DECEMBER):
        stay = make_stay(admitted_on=date(2026, 8, 3))
        log_in(client, Role.ADVISER, stay.case.unit)

        html = overview(client, stay)

    assert "44 dage over grænsen" in html
    assert "Hver uge nu" in html


def test_a_clock_that_was_not_rebuilt_is_counted_anew_on_the_page(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    ReimbursementClock.objects.update(used=7, recompute_on=date(2026, 8, 4))
    log_in(client, Role.ADVISER, stay.case.unit)

    assert "dag 2 af 90" in overview(client, stay)


def test_without_a_stay_there_is_no_clock(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 7, 1), discharged_on=date(2026, 8, 1))
    log_in(client, Role.ADVISER, stay.case.unit)

    assert "§ 110: " not in overview(client, stay)


def test_J1_line_by_line(client: Client) -> None:
    with frozen(DECEMBER):
        stay = make_stay(admitted_on=date(2026, 8, 3), discharged_on=date(2026, 12, 14))
        log_in(client, Role.ADVISER, stay.case.unit)

        html = refund(client, stay)

    assert "60.435,00" in html
    assert "43 nætter over grænsen" in html
    assert "57.749 kr." in html
    assert "dag 1-90" in html
    assert "dag 91-133" in html
    assert "orienteringen er ikke sendt" in html
    assert "Sov på gaden" in html
    viewed = AccessEntry.objects.get(action=LogAction.VIEWED, what="reimbursement")
    assert viewed.citizen_ids == [stay.citizen_id]


def test_what_lies_ahead_is_a_forecast_and_not_in_the_sum(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    log_in(client, Role.TEAM_LEAD, stay.case.unit)

    html = refund(client, stay)

    assert "Prognose" in html
    assert "5. aug. – 31. okt." in html
    assert "1.343,00" in html  # the two days so far
    assert "1. nov. –<" in html


def test_days_elsewhere_are_added_and_told_with_their_source(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    log_in(client, Role.HYBRID, stay.case.unit)
    url = address("days_elsewhere_add", stay.case.reference)

    response = client.post(
        url, {"starts_on": "3/6", "ends_on": "15/6", "source": "Brev 22. juni", "place": "Roskilde"}
    )

    assert response.status_code == 302
    assert DaysElsewhere.objects.get().place == "Roskilde"
    html = refund(client, stay)
    assert "Tæller, men ikke vores" in html
    assert "Brev 22. juni" in html
    assert "Roskilde" in html
    assert "76 dage tilbage" in html


BAD = [
    ({"starts_on": ""}, "mangler"),
    ({"source": ""}, "mangler"),
    ({"ends_on": "3/6"}, "senere"),
    ({"ends_on": "5-8-2026"}, "fremtiden"),
    ({"starts_on": "juni"}, "kan ikke læses"),
    ({"source": "x" * 121}, "121"),
    ({"place": "x" * 10_000}, "10.000"),
]


@pytest.mark.parametrize(("changes", "says"), BAD)
def test_bad_days_elsewhere_are_answered_in_a_sentence(
    client: Client, changes: dict[str, str], says: str
) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    log_in(client, Role.ADVISER, stay.case.unit)
    posted = {"starts_on": "3/6", "ends_on": "15/6", "source": "Brev"} | changes

    response = client.post(address("days_elsewhere_add", stay.case.reference), posted)

    assert response.status_code == 422
    assert says in response.content.decode()
    assert not DaysElsewhere.objects.exists()


def test_T19_places_are_hidden_when_the_citizen_is_protected(client: Client) -> None:
    stay = make_stay(
        shelter=make_shelter(name="Kilden"), citizen=make_citizen(protection=Protection.UNKNOWN)
    )
    services.days_elsewhere_add(
        case=stay.case,
        starts_on=date(2026, 6, 3),
        ends_on=date(2026, 6, 15),
        source="Brev",
        place="Krisecentret i Byen",
        actor=None,
    )
    log_in(client, Role.ADVISER, stay.case.unit)

    html = refund(client, stay)

    assert "sted skjult" in html
    assert "Kilden" not in html
    assert "Krisecentret" not in html


def test_stays_of_another_municipality_use_days_and_have_no_price(client: Client) -> None:
    before = make_stay(
        municipality=make_municipality(uses_system=False),
        admitted_on=date(2026, 5, 1),
        discharged_on=date(2026, 5, 11),
    )
    stay = make_stay(citizen=before.citizen, municipality=intake_of(), admitted_on=date(2026, 8, 3))
    log_in(client, Role.ADVISER, stay.case.unit)

    html = refund(client, stay)

    assert "Et ophold, hvor en anden kommune er handlekommune" in html
    assert "dag 11-12" in html
    assert before.shelter.name not in html


def test_a_stay_at_a_free_price_is_refunded_by_its_own(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3), keeps_own_home=True)
    log_in(client, Role.ADVISER, stay.case.unit)

    assert stay.resident_payment_dkk == Decimal(0)
    assert "1.450,00" in refund(client, stay)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADVISER, 200),
        (Role.HYBRID, 200),
        (Role.TEAM_LEAD, 200),
        (Role.SUPPORT_WORKER, 403),
        (Role.ALLOCATOR, 403),  # its unit holds the case, the role may not open it
        (Role.AUDITOR, 404),
        (Role.ADMINISTRATOR, 404),
    ],
)
def test_who_reads_the_refund(client: Client, role: Role, status: int) -> None:
    stay = make_stay()
    log_in(client, role, stay.case.unit)

    response = client.get(address("reimbursement", stay.case.reference))
    assert response.status_code == status


def test_the_shelter_reads_the_days_and_not_the_refund(client: Client) -> None:
    stay = make_stay()
    log_in(client, Role.SHELTER_STAFF, stay.shelter.unit)

    assert "dag 2 af 90" in overview(client, stay)
    assert client.get(address("reimbursement", stay.case.reference)).status_code == 403


def test_T01_another_unit_finds_nothing(client: Client) -> None:
    stay = make_stay()
    log_in(client, Role.ADVISER, make_unit())

    assert client.get(address("reimbursement", stay.case.reference)).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client: Client, rows: int, django_assert_max_num_queries: Any
) -> None:
    municipality, citizen = intake_of(), make_citizen()
    for n in range(rows):
        stay = make_stay(
            citizen=citizen,
            municipality=municipality,
            admitted_on=date(2026, 1, 1 + n),
            discharged_on=date(2026, 1, 2 + n),
        )
        services.days_elsewhere_add(
            case=stay.case,
            starts_on=date(2026, 3, 1 + n),
            ends_on=date(2026, 3, 2 + n),
            source="x",
            actor=None,
        )
    make_stay(citizen=citizen, municipality=municipality)
    log_in(client, Role.ADVISER, stay.case.unit)
    refund(client, stay)

    with django_assert_max_num_queries(13):  # the test's own savepoint and release among them
        refund(client, stay)


def test_an_ended_stay_keeps_its_lines(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 7, 1))
    services.stay_discharge(
        stay=stay,
        discharged_on=date(2026, 8, 1),
        to=DischargeTo.OWN_HOME,
        reason="x",
        actor=None,
    )
    log_in(client, Role.ADVISER, stay.case.unit)

    html = refund(client, stay)

    assert "Prognose" not in html
    assert "dag 1-31" in html


@pytest.mark.parametrize(("day", "says"), [(6, "inden 3 hverdage"), (7, "senere end 3 hverdage")])
def test_each_line_says_whether_its_notice_was_in_time(client: Client, day: int, says: str) -> None:
    stay = make_stay(admitted_on=date(2026, 8, 3))
    with frozen(datetime(2026, 8, day, 12, 0, tzinfo=COPENHAGEN)):
        services.notice_send(notice=stay.notices.get(), actor=None)
        log_in(client, Role.ADVISER, stay.case.unit)

        assert says in refund(client, stay)


def test_days_before_the_limit_came_are_refunded_without_one(client: Client) -> None:
    stay = make_stay(admitted_on=date(2023, 9, 1), discharged_on=date(2023, 10, 11))
    log_in(client, Role.ADVISER, stay.case.unit)

    html = refund(client, stay)

    assert "uden grænse for dage" in html
    assert "50 % i højst 120 dage" in html


def test_the_list_of_citizens_has_the_days(client: Client) -> None:
    stay = make_stay(admitted_on=date(2026, 5, 10), citizen=make_citizen(name="Mads Holm"))
    log_in(client, Role.ADVISER, stay.case.unit)

    html = plain(client.get(reverse("cases:case_list") + "?who=unit").content.decode())

    assert "dag 87, " in html
    assert '<b class="t-now">3 tilbage</b>' in html


def test_the_place_is_told_where_it_may_be(client: Client) -> None:
    stay = make_stay(shelter=make_shelter(name="Kilden"), citizen=make_citizen())
    log_in(client, Role.ADVISER, stay.case.unit)

    assert "Kilden" in overview(client, stay)
