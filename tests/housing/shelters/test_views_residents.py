"""The resident list and quick admission, as shelter staff meet them."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from cases.citizens.models import Citizen
from cases.citizens.services import citizen_with_cpr
from housing.shelters import services
from housing.shelters.enums import AcuteNeed
from housing.shelters.models import Bed, DaysElsewhere, Shelter, Stay
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessBlock, AccessEntry, Membership
from tests.access.factories import LONG_AGO, make_unit
from tests.cases.factories import make_citizen
from tests.housing.factories import intake_of, make_bed, make_shelter, make_stay
from tests.housing.shelters.pages import address, admission, log_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

CPR = "010180-0007"


def residents(client: Client, query: str = "") -> str:
    response = client.get(address("resident_list") + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_who_sleeps_where_and_the_days(client: Client, shelter: Shelter) -> None:
    bed = make_bed(shelter=shelter, label="101")
    make_bed(shelter=shelter, label="102")
    make_stay(bed=bed, citizen=make_citizen(name="Preben Skaarup", birth_date=date(1965, 3, 2)))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    html = residents(client)

    assert "Preben Skaarup" in html
    assert "1 af 2 pladser optaget" in html
    assert "dag 2" in html
    assert "88 tilbage" in html
    assert "Indskriv her" in html


def test_seeing_the_list_is_logged_with_all_who_are_on_it(client: Client, shelter: Shelter) -> None:
    stays = [make_stay(bed=make_bed(shelter=shelter)) for _ in range(2)]
    user = log_in(client, Role.SHELTER_STAFF, shelter.unit)

    residents(client)

    entry = AccessEntry.objects.get(action=LogAction.LISTED)
    assert (entry.user, entry.what) == (user, "resident_list")
    assert entry.citizen_ids == sorted(stay.citizen_id for stay in stays)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_number_of_queries_does_not_grow(
    client: Client, shelter: Shelter, rows: int, django_assert_max_num_queries: object
) -> None:
    for n in range(rows):
        stay = make_stay(bed=make_bed(shelter=shelter, label=str(n)))
        services.absence_register(stay=stay, starts_on=date(2026, 8, 4), actor=None)
        make_bed(shelter=shelter, label=f"free {n}")
    log_in(client, Role.SHELTER_STAFF, shelter.unit)
    residents(client)

    # session, user, memberships, blocks; shelters, their rates, stays with absence and clock,
    # paths, deadlines, beds, notices, municipalities; two counts of the menu, the access log;
    # and the test's own savepoint with its release
    with django_assert_max_num_queries(17):  # type: ignore[operator]  # pytest-django's fixture
        residents(client)


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("?show=near", ["Near"], ["Away", "Fresh"]),
        ("?show=away", ["Away"], ["Near", "Fresh"]),
        ("?show=free", ["free-bed"], ["Near", "Away", "Fresh"]),
        ("?show=nonsense", ["Near", "Away", "Fresh"], []),
    ],
)
def test_the_filters_stand_in_the_address(
    client: Client, shelter: Shelter, query: str, shown: list[str], hidden: list[str]
) -> None:
    for name, admitted_on in (
        ("Near", date(2026, 5, 10)),
        ("Away", date(2026, 8, 2)),
        ("Fresh", date(2026, 8, 3)),
    ):
        stay = make_stay(
            bed=make_bed(shelter=shelter),
            citizen=make_citizen(name=f"{name} Person"),
            admitted_on=admitted_on,
        )
        if name == "Away":
            services.absence_register(stay=stay, starts_on=date(2026, 8, 4), actor=None)
    make_bed(shelter=shelter, label="free-bed")
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    table = residents(client, query).split("<tbody>")[1].split("</tbody>")[0]

    assert all(name in table for name in shown)
    assert not any(f"{name} Person" in table for name in hidden)


def test_the_orders(client: Client, shelter: Shelter) -> None:
    for label, name, admitted_on in (
        ("9", "Åse", date(2026, 8, 3)),
        ("10", "Bo", date(2026, 5, 10)),
        ("A", "Ada", date(2026, 7, 1)),
    ):
        make_stay(
            bed=make_bed(shelter=shelter, label=label),
            citizen=make_citizen(name=f"{name} Prøve"),
            admitted_on=admitted_on,
        )
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    def order(query: str) -> list[str]:
        table = residents(client, query).split("<tbody>")[1]
        return sorted(["Åse", "Bo", "Ada"], key=lambda name: table.index(f"{name} Prøve"))

    assert order("") == ["Åse", "Bo", "Ada"]
    assert order("?sort=left") == ["Bo", "Ada", "Åse"]
    assert order("?sort=name") == ["Ada", "Bo", "Åse"]


def test_T04_another_shelter_sees_nothing(client: Client, shelter: Shelter) -> None:
    make_stay(bed=make_bed(shelter=shelter), citizen=make_citizen(name="Skjult Beboer"))
    other = make_shelter()
    log_in(client, Role.SHELTER_LEADER, other.unit)

    assert "Skjult Beboer" not in residents(client)
    assert client.get(address("resident_list") + f"?shelter={shelter.reference}").status_code == 404
    assert client.get(address("resident_list") + "?shelter=nonsense").status_code == 404
    assert AccessEntry.objects.filter(action=LogAction.DENIED).count() == 2


def test_who_works_at_two_shelters_switches(client: Client, shelter: Shelter) -> None:
    second = make_shelter(name="Åhuset")
    user = log_in(client, Role.SHELTER_STAFF, shelter.unit)
    Membership.objects.create(
        user=user, unit=second.unit, role=Role.SHELTER_LEADER, valid_from=LONG_AGO
    )

    assert "Beboere, Åhuset" in residents(client, f"?shelter={second.reference}")


def test_T03_a_relatives_bed_is_taken_and_not_by_anybody(client: Client, shelter: Shelter) -> None:
    stay = make_stay(bed=make_bed(shelter=shelter), citizen=make_citizen(name="Egen Bror"))
    user = log_in(client, Role.SHELTER_STAFF, shelter.unit)
    AccessBlock.objects.create(user=user, citizen=stay.citizen)

    html = residents(client)

    assert "Egen Bror" not in html
    assert "Indskriv her" not in html
    assert client.get(address("stay_detail", stay.reference)).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISER, Role.ALLOCATOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_have_no_resident_list(client: Client, role: Role) -> None:
    log_in(client, role, make_unit())

    assert client.get(address("resident_list")).status_code == 403
    assert client.post(address("stay_admit"), {}).status_code == 403


def test_quick_admission_is_one_post(client: Client, shelter: Shelter) -> None:
    bed = make_bed(shelter=shelter, label="110")
    user = log_in(client, Role.SHELTER_STAFF, shelter.unit)

    response = client.post(
        address("stay_admit"),
        admission(shelter, cpr=CPR, has_no_cpr="", bed=str(bed.reference)),
    )

    assert response.status_code == 302
    stay = Stay.objects.get()
    assert (stay.bed, stay.registered_by, stay.admitted_on) == (bed, user, date(2026, 8, 3))
    assert stay.daily_rate_dkk == Decimal(1450)
    citizen = citizen_with_cpr(parse_cpr(CPR))
    assert citizen == stay.citizen
    html = client.get(response["Location"]).content.decode()
    assert "Indskrevet på plads 110" in html
    assert "tors. 6. aug." in html.replace("\u00a0", " ")


def test_with_htmx_the_page_is_loaded_anew(client: Client, shelter: Shelter) -> None:
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    response = client.post(
        address("stay_admit"), admission(shelter), headers={"HX-Request": "true"}
    )

    assert response["HX-Redirect"] == f"{address('resident_list')}?shelter={shelter.reference}"


def test_what_is_typed_in_the_folds_is_kept(client: Client, shelter: Shelter) -> None:
    other = intake_of()
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    client.post(
        address("stay_admit"),
        admission(
            shelter,
            municipality=other.code,
            daily_rate_dkk="1.300,50",
            keeps_own_home="on",
            elsewhere_from="3/6",
            elsewhere_to="15/6",
            elsewhere_source="Brev fra Havneborg",
        ),
    )

    stay = Stay.objects.get()
    assert stay.case.municipality == other
    assert (stay.daily_rate_dkk, stay.resident_payment_dkk) == (Decimal("1300.50"), Decimal(0))
    assert stay.need == AcuteNeed.HOME_UNUSABLE
    days = DaysElsewhere.objects.get()
    assert (days.starts_on, days.ends_on) == (date(2026, 6, 3), date(2026, 6, 15))


BAD = [
    pytest.param({"name": ""}, "Navn mangler", id="no name"),
    pytest.param({"has_no_cpr": ""}, "Skriv CPR-nummeret", id="no number and no reason"),
    pytest.param({"cpr": "12345"}, "ti cifre", id="half a number"),
    pytest.param({"cpr": "991399-1234"}, "ti cifre", id="month 13"),
    pytest.param({"cpr": "०१०१८०-०००७"}, "ti cifre", id="other digits"),
    pytest.param({"admitted_at": "05-08-2026 kl. 9"}, "fremtiden", id="tomorrow"),
    pytest.param({"admitted_at": "04-08-2026 kl. 9.01"}, "fremtiden", id="in a minute"),
    pytest.param({"admitted_at": "03-08-2016 kl. 22.40"}, "mere end et år siden", id="2016"),
    pytest.param({"admitted_at": "i går aftes"}, "kan ikke læses", id="words"),
    pytest.param({"admitted_at": "31-02-2026 kl. 9"}, "kan ikke læses", id="31 february"),
    pytest.param({"birth_date": "04-08-2027"}, "for sen", id="not born yet"),
    pytest.param({"reason": ""}, "Skriv hvorfor nu", id="no reason"),
    pytest.param({"reason": "æ" * 10_000}, "10.000", id="too long"),
    pytest.param({"name": "x" * 121}, "121", id="long name"),
    pytest.param({"route": "taxi"}, "Vælg en", id="unknown route"),
    pytest.param({"bed": "00000000-0000-0000-0000-000000000000"}, "Vælg en anden", id="bed gone"),
    pytest.param({"municipality": "9999x"}, "Vælg", id="unknown municipality"),
    pytest.param({"daily_rate_dkk": "-5"}, "0", id="negative rate"),
    pytest.param({"daily_rate_dkk": "mange"}, "beløb", id="rate in words"),
    pytest.param({"resident_payment_dkk": "2.000"}, "mindre", id="pays above the rate"),
    pytest.param({"elsewhere_from": "1/6"}, "alle tre", id="half a stay elsewhere"),
    pytest.param(
        {"elsewhere_from": "5/6", "elsewhere_to": "1/6", "elsewhere_source": "x"},
        "ikke efter",
        id="reversed elsewhere",
    ),
]


@pytest.mark.parametrize(("changes", "says"), BAD)
def test_bad_input_is_answered_in_a_sentence_and_kept(
    client: Client, shelter: Shelter, changes: dict[str, str], says: str
) -> None:
    log_in(client, Role.SHELTER_STAFF, shelter.unit)
    posted = admission(shelter, **changes)

    response = client.post(address("stay_admit"), posted)

    html = response.content.decode()
    assert response.status_code == 422
    assert says in html
    assert not Stay.objects.exists()
    assert not Citizen.objects.exists()
    if "reason" not in changes:
        assert "Sov i en opgang." in html


def test_emoji_and_control_characters_are_no_server_error(client: Client, shelter: Shelter) -> None:
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    response = client.post(
        address("stay_admit"), admission(shelter, name="Mads 🏠\x00 Holm", reason="🥶\x01")
    )

    assert response.status_code == 302
    assert Stay.objects.get().citizen.name == "Mads 🏠 Holm"


def test_a_double_press_is_one_stay_and_shows_it(client: Client, shelter: Shelter) -> None:
    bed = make_bed(shelter=shelter)
    log_in(client, Role.SHELTER_STAFF, shelter.unit)
    posted = admission(shelter, bed=str(bed.reference))

    first = client.post(address("stay_admit"), posted)
    second = client.post(address("stay_admit"), posted)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Stay.objects.count() == Citizen.objects.count() == 1


def test_one_who_stays_elsewhere_is_refused_without_saying_where(
    client: Client, shelter: Shelter
) -> None:
    there = make_stay(
        shelter=make_shelter(name="Havnehuset"), citizen=make_citizen(name="Mads Holm", cpr=CPR)
    )
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    response = client.post(
        address("stay_admit"), admission(shelter, cpr=CPR, has_no_cpr="", name="M Holm")
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "allerede indskrevet på en boform" in html
    assert "Havnehuset" not in html
    assert Stay.objects.get() == there


def test_T14_a_known_number_is_linked_without_a_word(client: Client, shelter: Shelter) -> None:
    known = make_citizen(name="Mads Holm", cpr=CPR)
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    response = client.post(
        address("stay_admit"), admission(shelter, cpr=CPR, has_no_cpr="", name="Noget Andet")
    )

    assert response.status_code == 302
    assert Stay.objects.get().citizen == known


def test_one_who_resembles_somebody_is_asked_about(client: Client, shelter: Shelter) -> None:
    known = make_citizen(name="Mads Peter Holm", birth_date=date(1980, 1, 1))
    user = log_in(client, Role.SHELTER_STAFF, shelter.unit)
    posted = admission(shelter, birth_date="1/1 1980".replace(" ", "/"), name="Mads Holm")

    asked = client.post(address("stay_admit"), posted)

    html = asked.content.decode()
    assert asked.status_code == 422
    assert "Samme person" in html
    assert "Mads Peter" not in html  # never stayed here: not theirs to know
    searched = AccessEntry.objects.get(action=LogAction.SEARCHED)
    assert (searched.user, searched.citizen_ids) == (user, [known.pk])

    client.post(address("stay_admit"), posted | {"same_as": str(known.reference)})
    assert Stay.objects.get().citizen == known


def test_somebody_else_with_the_same_birthday_is_registered(
    client: Client, shelter: Shelter
) -> None:
    make_citizen(name="Mads Peter Holm", birth_date=date(1980, 1, 1))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    client.post(
        address("stay_admit"),
        admission(shelter, birth_date="01-01-1980", name="Mads Holm", same_as="new"),
    )

    assert Stay.objects.get().citizen.name == "Mads Holm"


def test_one_who_has_stayed_here_is_named(client: Client, shelter: Shelter) -> None:
    known = make_citizen(name="Mads Peter Holm", birth_date=date(1980, 1, 1))
    make_stay(
        shelter=shelter,
        citizen=known,
        admitted_on=date(2026, 5, 1),
        discharged_on=date(2026, 6, 1),
    )
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    response = client.post(
        address("stay_admit"), admission(shelter, birth_date="01-01-1980", name="Mads Holm")
    )

    assert "Mads Peter Holm, som var her" in response.content.decode()


def test_a_bed_out_of_use_is_not_offered(client: Client, shelter: Shelter) -> None:
    make_bed(shelter=shelter, label="gamle 7", in_use=False)
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    html = residents(client)

    assert "gamle 7" not in html
    assert not Bed.objects.get().in_use


def test_a_protected_resident_is_marked(client: Client, shelter: Shelter) -> None:
    make_stay(shelter=shelter, citizen=make_citizen(protection=Protection.YES))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    assert "b-lock" in residents(client)


def test_the_meter_and_the_words_count_a_returned_residents_days_alike(
    client: Client, shelter: Shelter
) -> None:
    """110 days under the limit of 120, then back when it is 90: only the new days are over."""
    citizen = make_citizen()
    make_stay(
        shelter=shelter,
        citizen=citizen,
        admitted_on=date(2025, 12, 1),
        discharged_on=date(2026, 3, 21),
    )
    make_stay(bed=make_bed(shelter=shelter), citizen=citizen, admitted_on=date(2026, 8, 1))
    log_in(client, Role.SHELTER_STAFF, shelter.unit)

    html = residents(client)

    assert "114 af 90 dage brugt, 4 over grænsen" in html
    assert '<b class="t-over">4 over</b>' in html
