"""The referral's page: drafts, areas without drag, sending, two who write at once, bad input."""

import re
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Wish
from housing.allocation import services
from housing.allocation.enums import Benefit, PaperKind, ReferralEnd, ReferralStatus
from housing.allocation.models import HousingReferral
from housing.allocation.services import PaperValue, ReferralValues, values_of
from housing.shelters.clock import clocks_refresh
from housingfirst.access.enums import Role
from housingfirst.access.models import AccessEntry
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.housing.factories import make_shelter, make_stay
from tests.housing.homes import Town, make_area, make_referral
from tests.reading import read

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(town: Town) -> Case:
    return make_case(unit=town.unit)


def url(case: Case) -> str:
    return reverse("housing:referral_edit", args=[case.reference])


def post(client: Client, case: Case, *, htmx: bool = False, **values: Any) -> Any:
    current = HousingReferral.objects.filter(case=case).order_by("-pk").first()
    data = {
        "version": str(current.version) if current else "0",
        "form_key": str(uuid.uuid4()),
        "act": "save",
        "urgency": "ordinary",
    }
    return client.post(url(case), data | values, headers=HTMX if htmx else {})


def test_it_is_prefilled_from_the_case_and_says_from_where(
    as_adviser: Client, town: Town, case: Case
) -> None:
    Wish.objects.create(
        case=case,
        words="Min egen dør",
        said_on=timezone.localdate(),
        written_by=town.adviser,
    )

    html = read(as_adviser.get(url(case)))

    assert "Min egen dør" in html
    assert "fra sagen, sagt" in html
    assert "1 felt er udfyldt fra sagen" in html


def test_H8_an_earlier_referral_is_not_typed_again(
    as_adviser: Client, town: Town, case: Case
) -> None:
    area = make_area(municipality=town.municipality, name="Havnekvarteret")
    earlier = make_referral(
        case=case,
        values=ReferralValues(areas=(area,), rent_max_dkk=Decimal(5_400), has_pets=True),
    )
    services.referral_withdraw(referral=earlier, reason=ReferralEnd.MISTAKE, actor=town.adviser)

    html = read(as_adviser.get(url(case)))

    assert "1 Havnekvarteret" in html
    assert "5.400 kr." in html
    assert html.count("fra indstillingen") >= 3


def test_H1_the_page_says_that_readiness_is_not_asked_about(as_adviser: Client, case: Case) -> None:
    html = read(as_adviser.get(url(case)))

    assert "Her spørges ikke om parathed." in html
    asked = "".join(re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", html, re.S))
    assert not re.search(r"parat|ædru|misbrug|motiv|behandling", asked.lower())


def test_saved_by_button(as_adviser: Client, town: Town, case: Case) -> None:
    response = post(
        as_adviser,
        case,
        wish_words="Et sted med altan 🏡",
        rent_max_dkk="5.400",
        income_dkk="11.870,50 kr.",
        has_pets="on",
        children="2",
        rooms_min="3",
        paper_consent="have",
        who_income=str(town.adviser.pk),
    )

    assert (response.status_code, response.url) == (302, url(case))
    values = values_of(HousingReferral.objects.get())
    assert values.wish_words == "Et sted med altan 🏡"
    assert (values.rent_max_dkk, values.income_dkk) == (Decimal("5400.00"), Decimal("11870.50"))
    assert (values.has_pets, values.children, values.rooms_min) == (True, 2, 3)
    assert values.papers[PaperKind.CONSENT].received_on == timezone.localdate()
    assert values.papers[PaperKind.INCOME].responsible == town.adviser
    assert PaperKind.DEBT_PLAN not in values.papers


def test_saved_by_itself_it_says_when_and_what_is_missing(as_adviser: Client, case: Case) -> None:
    html = read(post(as_adviser, case, htmx=True, wish_words="Ro", rent_max_dkk="5000"))

    assert re.search(r"Kladde gemt kl\. \d", html)
    assert 'name="version" value="1"' in html
    assert "Send indstilling med 4 mangler" in html  # the benefit and three papers
    assert "<h1" not in html  # not the whole page


def test_a_draft_that_cannot_be_read_is_not_saved_and_says_so(
    as_adviser: Client, case: Case
) -> None:
    response = post(as_adviser, case, htmx=True, rent_max_dkk="fem tusind")

    assert response.status_code == 422
    assert "Ikke gemt:" in read(response)
    assert not HousingReferral.objects.exists()


def test_areas_are_pressed_in_order_without_script(
    as_adviser: Client, town: Town, case: Case
) -> None:
    harbour, shore = (make_area(municipality=town.municipality, name=n) for n in ("Havn", "Kyst"))

    post(as_adviser, case, toggle=str(shore.pk))
    post(as_adviser, case, areas=[str(shore.pk)], toggle=str(harbour.pk))
    pressed = values_of(HousingReferral.objects.get()).areas
    page = read(as_adviser.get(url(case)))
    post(as_adviser, case, areas=[str(shore.pk), str(harbour.pk)], toggle=str(shore.pk))

    assert pressed == (shore, harbour)
    assert "1 Kyst" in page
    assert "2 Havn" in page
    assert values_of(HousingReferral.objects.get()).areas == (harbour,)


def test_areas_are_pressed_with_htmx(as_adviser: Client, town: Town, case: Case) -> None:
    area = make_area(municipality=town.municipality, name="Havn")

    html = read(post(as_adviser, case, htmx=True, toggle=str(area.pk)))

    assert 'id="areas"' in html
    assert "1 Havn" in html
    assert 'id="draft-state"' in html  # with the new version, out of band
    assert values_of(HousingReferral.objects.get()).areas == (area,)


def test_enter_in_a_field_saves_and_presses_no_area(
    as_adviser: Client, town: Town, case: Case
) -> None:
    make_area(municipality=town.municipality)
    html = read(as_adviser.get(url(case)))

    first = re.search(r"<form class=\"panel\".*?<button([^>]*)>", html, re.S)

    assert first is not None
    assert 'value="save"' in first[1]


def test_sent_incomplete(as_adviser: Client, town: Town, case: Case) -> None:
    response = post(as_adviser, case, act="send", wish_words="Ro")

    referral = HousingReferral.objects.get()
    assert response.url == reverse("housing:housing_tab", args=[case.reference])
    assert referral.status == ReferralStatus.WAITING
    assert referral.waits_from == timezone.localdate()
    assert referral.papers.filter(received_on=None, due_on__isnull=False).count() == 3
    html = read(as_adviser.get(response.url))
    assert "Indstillingen er sendt" in html
    assert "Nr. 1 i rækkefølgen" in html


def test_sent_with_nothing_at_all(as_adviser: Client, case: Case) -> None:
    post(as_adviser, case, act="send")

    assert HousingReferral.objects.get().status == ReferralStatus.WAITING


def test_sent_twice_it_is_sent_once(as_adviser: Client, case: Case) -> None:
    key = str(uuid.uuid4())

    first = post(as_adviser, case, act="send", form_key=key)
    second = post(as_adviser, case, act="send", form_key=key, version="0")

    assert first.url == second.url
    assert HousingReferral.objects.count() == 1


def test_the_button_says_how_much_is_missing(as_adviser: Client, case: Case) -> None:
    services.referral_save(
        case=case,
        values=ReferralValues(
            wish_words="Ro",
            benefit=Benefit.CASH,
            rent_max_dkk=Decimal(5_000),
            papers={
                PaperKind.CONSENT: PaperValue(received_on=timezone.localdate()),
                PaperKind.INCOME: PaperValue(),
                PaperKind.IDENTITY: PaperValue(),
            },
        ),
        actor=None,
    )

    assert "Send indstilling med 2 mangler" in read(as_adviser.get(url(case)))


def test_the_estimate_shows_what_it_stands_on(as_adviser: Client, case: Case) -> None:
    services.referral_save(
        case=case,
        values=ReferralValues(
            benefit=Benefit.CASH,
            income_dkk=Decimal(9_734),
            rent_max_dkk=Decimal(4_400),
        ),
        actor=None,
    )

    html = read(as_adviser.get(url(case)))

    assert "Skøn." in html
    assert "boligstøtte på ca. 660 kr." in html
    assert "Det er kommunens antagelser, ikke lov." in html


def test_the_clock_says_the_urgency(as_adviser: Client, town: Town, case: Case) -> None:
    today = timezone.localdate()
    make_stay(
        citizen=case.citizen,
        municipality=case.municipality,
        admitted_on=today - timedelta(days=113),
    )
    clocks_refresh([case.citizen_id], today)

    html = read(as_adviser.get(url(case)))

    assert "24 dage over refusionsgrænsen" in html
    assert "får tilbud allerførst" in html


def test_two_who_write_at_once_choose_field_by_field(
    as_adviser: Client, town: Town, case: Case
) -> None:
    referral = make_referral(case=case, values=ReferralValues(wish_words="Før"))
    seen = HousingReferral.objects.get().version
    other = make_user(Role.ADVISER, town.unit, name="Gitte Ravnholt")
    services.referral_save(
        case=case,
        values=ReferralValues(wish_words="Gittes", rent_max_dkk=Decimal(5_000)),
        actor=other,
        referral=referral,
    )

    response = post(as_adviser, case, version=str(seen), wish_words="Lines")
    html = read(response)

    assert response.status_code == 409
    assert "Gitte Ravnholt" in html
    assert "Gittes" in html
    assert "Lines" in html
    choices: dict[str, Any] = {"choice-wish_words": "mine", "choice-rent_max_dkk": "theirs"}
    settled = post(as_adviser, case, wish_words="Lines", **choices)
    assert settled.status_code == 302
    values = values_of(HousingReferral.objects.get())
    assert (values.wish_words, values.rent_max_dkk) == ("Lines", Decimal("5000.00"))


def test_my_own_saves_do_not_get_in_my_way(as_adviser: Client, case: Case) -> None:
    """The page saves by itself while the button is pressed."""
    post(as_adviser, case, htmx=True, wish_words="R")
    post(as_adviser, case, htmx=True, wish_words="Ro")

    response = post(as_adviser, case, version="1", wish_words="Ro og altan")

    assert response.status_code == 302
    assert HousingReferral.objects.get().wish_words == "Ro og altan"


def test_a_colleague_who_began_meanwhile_is_not_written_over(
    as_adviser: Client, town: Town, case: Case
) -> None:
    other = make_user(Role.ADVISER, town.unit, name="Gitte Ravnholt")
    services.referral_save(case=case, values=ReferralValues(wish_words="Gittes"), actor=other)

    response = post(as_adviser, case, version="0", wish_words="Lines")

    assert response.status_code == 409
    assert HousingReferral.objects.get().wish_words == "Gittes"


def test_a_stale_autosave_says_so_and_keeps_what_is_typed(
    as_adviser: Client, town: Town, case: Case
) -> None:
    post(as_adviser, case, htmx=True, wish_words="R")
    other = make_user(Role.ADVISER, town.unit, name="Gitte Ravnholt")
    services.referral_save(
        case=case,
        values=ReferralValues(wish_words="Gittes"),
        actor=other,
        referral=HousingReferral.objects.get(),
    )

    response = post(as_adviser, case, htmx=True, version="1", wish_words="Lines")

    assert response.status_code == 409
    assert "En kollega har gemt imens" in read(response)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        pytest.param({"wish_words": "x" * 10_000}, "10.000", id="10000-characters"),
        pytest.param({"unfit_reason": "x" * 10_000}, "10.000", id="long-line"),
        pytest.param({"rent_max_dkk": "-1"}, "skal mindst være", id="negative-rent"),
        pytest.param({"rent_max_dkk": "999999999999"}, "må højst være", id="twelve-digits"),
        pytest.param({"income_dkk": "mange"}, "Skriv et beløb", id="no-amount"),
        pytest.param({"benefit": "lottery"}, "Vælg en af mulighederne", id="unknown-benefit"),
        pytest.param({"stairs": "\x00"}, "Vælg en af mulighederne", id="nul"),
        pytest.param({"rooms_min": "0"}, "Vælg en af mulighederne", id="no-rooms"),
        pytest.param({"adults": "-3"}, "Vælg en af mulighederne", id="negative-adults"),
        pytest.param(
            {"children": "99999999999"}, "Vælg en af mulighederne", id="a-town-of-children"
        ),
        pytest.param({"areas": ["999999"]}, "", id="unknown-area"),
        pytest.param({"unfit_areas": ["x"]}, "", id="unreadable-area"),
        pytest.param({"urgency": "urgent"}, "hvorfor det haster", id="urgent-without-reason"),
        pytest.param({"paper_consent": "maybe"}, "Vælg en af mulighederne", id="unknown-state"),
        pytest.param({"who_consent": "999999"}, "Vælg en af mulighederne", id="unknown-person"),
    ],
)
def test_bad_input_is_told_and_nothing_is_saved(
    as_adviser: Client, case: Case, values: dict[str, Any], says: str
) -> None:
    response = post(as_adviser, case, act="send", remark="Beholdes", **values)

    html = read(response)
    assert response.status_code == 422
    assert says in html
    assert "Beholdes" in html
    assert not HousingReferral.objects.exists()


def test_an_area_cannot_be_wished_and_ruled_out(as_adviser: Client, town: Town, case: Case) -> None:
    area = make_area(municipality=town.municipality, name="Nordbyen")

    response = post(as_adviser, case, areas=[str(area.pk)], unfit_areas=[str(area.pk)])

    assert response.status_code == 422
    assert "Nordbyen" in read(response)


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999", "0"])
def test_a_version_that_cannot_be_is_stale(
    as_adviser: Client, town: Town, case: Case, version: str
) -> None:
    make_referral(case=case, actor=None)

    response = post(as_adviser, case, version=version, wish_words="x")

    assert response.status_code in (302, 409)


def test_a_sent_referral_is_changed_by_the_button_alone(
    as_adviser: Client, town: Town, case: Case
) -> None:
    area = make_area(municipality=town.municipality, name="Havn")
    make_referral(case=case)

    page = read(as_adviser.get(url(case)))
    pressed = read(post(as_adviser, case, toggle=str(area.pk)))

    assert "hx-trigger" not in page.partition('<form class="panel"')[2].partition(">")[0]
    assert "1 Havn" in pressed
    assert values_of(HousingReferral.objects.get()).areas == ()
    post(as_adviser, case, areas=[str(area.pk)])
    assert values_of(HousingReferral.objects.get()).areas == (area,)


def test_shelter_staff_refer_their_resident(client: Client) -> None:
    shelter = make_shelter()
    stay = make_stay(shelter=shelter)
    client.force_login(make_user(Role.SHELTER_STAFF, shelter.unit))

    assert client.get(url(stay.case)).status_code == 200
    assert post(client, stay.case, act="send").status_code == 302
    assert HousingReferral.objects.get().status == ReferralStatus.WAITING


@pytest.mark.parametrize(
    ("role", "is_own", "status"),
    [
        (Role.ADVISER, True, 200),
        (Role.TEAM_LEAD, True, 200),
        (Role.SUPPORT_WORKER, True, 403),
        (Role.ADVISER, False, 404),
        (Role.SHELTER_STAFF, False, 404),
        (Role.PARTNER, False, 404),
        (Role.ADMINISTRATOR, True, 404),
    ],
)
def test_who_opens_the_form(
    client: Client, town: Town, case: Case, role: Role, is_own: bool, status: int
) -> None:
    client.force_login(make_user(role, town.unit if is_own else make_unit()))

    assert client.get(url(case)).status_code == status
    assert post(client, case).status_code in (status, 302)
    assert HousingReferral.objects.exists() is (status == 200)


def test_a_closed_case_is_not_referred(as_adviser: Client, town: Town, case: Case) -> None:
    case.closed_on = case.opened_on
    case.save()

    response = post(as_adviser, case)

    assert response.status_code == 422
    assert "Sagen er lukket" in read(response)


def test_opening_the_form_is_logged(as_adviser: Client, case: Case) -> None:
    as_adviser.get(url(case))

    assert AccessEntry.objects.get(what="referral").citizen_ids == [case.citizen_id]


@pytest.mark.parametrize("rows", [1, 12])
def test_query_count_does_not_grow(
    as_adviser: Client,
    town: Town,
    case: Case,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]],
    rows: int,
) -> None:
    areas = tuple(make_area(municipality=town.municipality) for _ in range(rows))
    make_referral(case=case, values=ReferralValues(areas=areas, rent_max_dkk=Decimal(5_000)))
    as_adviser.get(url(case))

    with django_assert_max_num_queries(17):  # of them two are the test's own savepoint
        as_adviser.get(url(case))
