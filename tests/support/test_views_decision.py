"""The page on which support is decided: prefilled, hinted at, refused in words."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.casework.grants import RESIDENCE, grant_unit
from cases.casework.models import Case
from housing.allocation.services import ReferralValues
from housingfirst.access.enums import LogAction, Role, UnitKind
from housingfirst.access.models import AccessEntry, User
from support.methods.models import SupportDecision
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case
from tests.housing.homes import make_referral
from tests.reading import read
from tests.support.factories import make_adviser, make_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(unit=make_unit(), opened_on=timezone.localdate() - timedelta(days=100))


@pytest.fixture
def adviser(case: Case, client: Client) -> User:
    user = make_adviser(case)
    client.force_login(user)
    return user


def address(case: Case) -> str:
    return reverse("support:decision_create", args=[case.reference])


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "section": "85a",
        "method": "cti",
        "decided_on": "i dag",
        "starts_on": "+20",
        "last_on": "",
        "monthly_cost_dkk": "12.000",
        "provider_wish": "",
        "wish_reasons": "",
        "reasons": "Har brug for støtte.",
    } | changes


def test_a_decision_is_saved(client: Client, case: Case, adviser: User) -> None:
    response = client.post(address(case), typed(last_on="+50"))

    assert response.headers["Location"] == reverse("support:support_tab", args=[case.reference])
    decision = SupportDecision.objects.get()
    today = timezone.localdate()
    assert (decision.section, decision.method, decision.decided_on) == ("85a", "cti", today)
    assert decision.ends_on == today + timedelta(days=51)  # the day after the last
    assert str(decision.monthly_cost_dkk) == "12000.00"


@pytest.mark.parametrize(("section", "method"), [("85", "general"), ("107", "facility")])
def test_only_85a_has_a_method_to_choose(
    client: Client, case: Case, adviser: User, section: str, method: str
) -> None:
    client.post(address(case), typed(section=section, method="cti"))

    assert SupportDecision.objects.get().method == method


def test_a_place_at_a_facility_offers_no_course(client: Client, case: Case, adviser: User) -> None:
    client.post(address(case), typed(section="107", last_on="+50"))
    page = read(client.get(reverse("support:support_tab", args=[case.reference])))

    assert "Til og med" in page
    decision = SupportDecision.objects.get()
    assert (
        reverse("support:enrolment_create", args=[case.reference, decision.reference]) not in page
    )


def test_pressed_twice_it_is_one_decision(client: Client, case: Case, adviser: User) -> None:
    data = typed()

    first, second = (client.post(address(case), data) for _press in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert SupportDecision.objects.count() == 1


def test_the_wish_is_filled_in_from_the_referral(client: Client, case: Case, adviser: User) -> None:
    make_referral(case=case, values=ReferralValues(support_wish="Helst Jimmy fra Kilden"))

    html = read(client.get(address(case)))

    assert "Helst Jimmy fra Kilden" in html
    assert "fra boligindstillingen" in html


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"method": ""}, "Vælg den metode", id="no-method"),
        pytest.param({"method": "vi-spdat"}, "Vælg en af mulighederne", id="unknown-method"),
        pytest.param({"section": ""}, "Paragraf: vælg en", id="no-section"),
        pytest.param({"decided_on": ""}, "Afgørelsens dato mangler", id="no-day"),
        pytest.param({"decided_on": "31-02-2026"}, "Datoen kan ikke læses", id="no-such-day"),
        pytest.param({"decided_on": "i morgen"}, "Datoen er for sen", id="future"),
        pytest.param({"decided_on": "-200"}, "Sagen blev åbnet", id="before-the-case"),
        pytest.param({"starts_on": "+9", "last_on": "+8"}, "slutter, før den begynder", id="ends"),
        pytest.param({"monthly_cost_dkk": "-1"}, "skal mindst være 0", id="negative"),
        pytest.param({"monthly_cost_dkk": "mange"}, "Skriv et beløb", id="not-an-amount"),
        pytest.param({"monthly_cost_dkk": "9" * 30}, "højst være", id="huge-amount"),
        pytest.param({"reasons": "  "}, "Begrundelse for afgørelsen mangler", id="no-reasons"),
        pytest.param({"reasons": "æ" * 10_000}, "5.000", id="ten-thousand-letters"),
        pytest.param(
            {"provider_wish": "Kilden"}, "om afgørelsen følger ønsket", id="wish-unanswered"
        ),
        pytest.param({"wish_answer": "followed"}, "hvem borgeren ønsker", id="no-wish"),
        pytest.param(
            {"provider_wish": "Kilden", "wish_answer": "not_followed"},
            "følger ikke borgerens ønske",
            id="departs-without-reasons",
        ),
    ],
)
def test_bad_input_is_answered_in_words_and_kept(
    client: Client, case: Case, adviser: User, changes: dict[str, str], message: str
) -> None:
    response = client.post(address(case), typed(**{"reasons": "Behold mig 🙂", **changes}))

    html = read(response)
    assert response.status_code == 422
    assert message in html
    assert ("Behold mig 🙂" in html) is ("reasons" not in changes)
    assert not SupportDecision.objects.exists()


def test_emoji_and_control_characters_are_no_error(
    client: Client, case: Case, adviser: User
) -> None:
    client.post(address(case), typed(reasons="Frisk\x00 igen 🙂"))

    assert SupportDecision.objects.get().reasons == "Frisk igen 🙂"


def test_nothing_at_all_is_answered_in_words(client: Client, case: Case, adviser: User) -> None:
    assert client.post(address(case)).status_code == 422


def test_two_people_correct_and_nothing_is_lost(client: Client, case: Case, adviser: User) -> None:
    decision = make_decision(case=case, decided_on=timezone.localdate())
    url = reverse("support:decision_edit", args=[case.reference, decision.reference])
    mine = typed(version="1", reasons="Min tekst", starts_on="15-12-2026")

    first = client.post(url, typed(version="1", reasons="Kollegas tekst", starts_on="15-12-2026"))
    second = client.post(url, mine)

    html = read(second)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Kollegas" in html
    assert "Min" in html
    assert SupportDecision.objects.get().reasons == "Kollegas tekst"

    chosen = client.post(url, mine | {"version": "2", "choice-reasons": "mine"})
    assert chosen.status_code == 302
    assert SupportDecision.objects.get().reasons == "Min tekst"


@pytest.mark.parametrize("version", ["", "x", "99999999999", "-1", "0"])
def test_a_forged_version_overwrites_nothing(
    client: Client, case: Case, adviser: User, version: str
) -> None:
    decision = make_decision(case=case, decided_on=timezone.localdate())
    url = reverse("support:decision_edit", args=[case.reference, decision.reference])

    assert client.post(url, typed(version=version, reasons="Andet")).status_code == 409
    assert SupportDecision.objects.get().reasons != "Andet"


def test_a_decision_of_another_case_is_not_found(client: Client, case: Case, adviser: User) -> None:
    other = make_decision(case=make_case(unit=case.unit, opened_on=date(2026, 1, 1)))

    response = client.get(reverse("support:decision_edit", args=[case.reference, other.reference]))

    assert response.status_code == 404
    assert AccessEntry.objects.filter(action=LogAction.DENIED, what="support_decision").exists()


@pytest.mark.parametrize("role", [Role.SUPPORT_WORKER, Role.SHELTER_STAFF])
def test_who_may_see_but_not_decide_is_refused(client: Client, case: Case, role: Role) -> None:
    unit = case.unit
    if role == Role.SHELTER_STAFF:
        unit = make_unit(kind=UnitKind.SHELTER)
        grant_unit(case, unit, RESIDENCE, reason="stay", actor=None)
    client.force_login(make_user(role, unit))

    assert client.get(address(case)).status_code == 403
    assert client.post(address(case), typed()).status_code == 403
    assert not SupportDecision.objects.exists()


def test_the_hint_follows_the_day(client: Client, case: Case, adviser: User) -> None:
    url = reverse("support:decision_hint", args=[case.reference])

    never = read(client.get(url, {"section": "85a", "decided_on": "i dag"}))
    general = read(client.get(url, {"section": "85", "decided_on": "i dag"}))
    unreadable = client.get(url, {"section": "x", "decided_on": "æ", "monthly_cost_dkk": "-"})

    assert "har ikke boet på en boform" in never
    assert "aldrig efter" in general
    assert unreadable.status_code == 200


def test_no_free_text_goes_into_an_address(client: Client, case: Case, adviser: User) -> None:
    html = read(client.get(address(case)))

    include = html.split('hx-include="')[1].split('"')[0]
    assert set(include.split(", ")) == {"#id_decided_on", "#id_monthly_cost_dkk", "[name=section]"}
