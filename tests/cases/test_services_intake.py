"""Taking a citizen in, and what is said when somebody like it is here."""

import uuid
from datetime import UTC, date, datetime

import pytest

from cases.casework.duplicates import Duplicates, duplicates_of
from cases.casework.enums import DespiteReason, Situation
from cases.casework.errors import CaseIsOpen, CitizenTaken
from cases.casework.intake import FirstWords, Person, case_take_in
from cases.casework.models import Case, Note, Wish
from cases.citizens.cpr import parse_cpr
from cases.citizens.enums import Protection
from cases.citizens.errors import CprInUse
from cases.citizens.models import Citizen
from housingfirst.access.enums import Permission, Purpose, Role
from housingfirst.access.models import AccessBlock, AccessEntry, Municipality, Unit, User
from housingfirst.base.errors import NotPermitted
from tests.access.factories import make_unit, make_user
from tests.cases.factories import make_case, make_citizen

pytestmark = pytest.mark.django_db

CPR = "150583-4008"
BORN = date(1983, 5, 15)
AT = datetime(2026, 11, 17, 10, tzinfo=UTC)
ON = date(2026, 11, 17)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def adviser(unit: Unit) -> User:
    return make_user(Role.ADVISER, unit)


def take_in(
    actor: User,
    unit: Unit,
    person: Person | Citizen,
    said: FirstWords | None = None,
    despite: DespiteReason | None = None,
) -> Case:
    return case_take_in(
        person=person,
        said=said or FirstWords(),
        unit=unit,
        adviser=actor,
        at=AT,
        on=ON,
        form_key=uuid.uuid4(),
        actor=actor,
        despite=despite,
    )


def look(
    user: User,
    municipality: Municipality,
    *,
    name: str = "Sanne Bay Thorlund",
    born: date | None = BORN,
    cpr: str | None = None,
) -> Duplicates:
    number = parse_cpr(cpr) if cpr else None
    return duplicates_of(user, municipality, name=name, birth_date=born, cpr=number)


def test_a_citizen_is_taken_in_with_all_that_was_said(adviser: User, unit: Unit) -> None:
    case = take_in(
        adviser,
        unit,
        Person("Sanne Bay Thorlund", cpr=parse_cpr(CPR), phone="99 00 41 31"),
        FirstWords(Situation.STREET, date(2026, 11, 1), "Min egen dør", "Kom selv"),
    )

    assert (case.unit, case.adviser, case.number) == (unit, adviser, "2026-0001")
    assert case.citizen.birth_date == BORN
    assert case.citizen.protection == Protection.UNKNOWN
    assert case.situations.get().starts_on == date(2026, 11, 1)
    assert Wish.objects.get().words == "Min egen dør"
    assert Note.objects.get().text == "Kom selv"
    assert Case.objects.visible_to(adviser, Permission.CHANGE).get() == case
    entry = AccessEntry.objects.get(what="case_create")
    assert (entry.purpose, entry.citizen_ids) == (Purpose.INTAKE, [case.citizen_id])


def test_a_citizen_without_anything_but_a_name_is_taken_in(adviser: User, unit: Unit) -> None:
    case = take_in(adviser, unit, Person("Ukendt mand"))

    assert not case.citizen.has_cpr
    assert case.citizen.is_protected
    assert not case.situations.exists()


def test_the_case_goes_to_a_unit_of_ones_own(adviser: User, unit: Unit) -> None:
    with pytest.raises(NotPermitted):
        take_in(adviser, make_unit(municipality=unit.municipality), Person("Navn"))
    assert not Citizen.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.ALLOCATOR, Role.SHELTER_STAFF, Role.PARTNER, Role.AUDITOR, Role.ADMINISTRATOR]
)
def test_who_takes_nobody_in(unit: Unit, role: Role) -> None:
    with pytest.raises(NotPermitted):
        take_in(make_user(role, unit), unit, Person("Navn"))


def test_the_same_number_twice_is_refused_by_the_database(adviser: User, unit: Unit) -> None:
    take_in(adviser, unit, Person("Sanne", cpr=parse_cpr(CPR)))

    with pytest.raises(CprInUse):
        take_in(adviser, unit, Person("Sanne igen", cpr=parse_cpr(CPR)))
    assert Case.objects.count() == 1


def test_a_reason_is_logged_by_its_code(adviser: User, unit: Unit) -> None:
    take_in(adviser, unit, Person("Sanne"), despite=DespiteReason.OTHER_PERSON)

    assert AccessEntry.objects.get(what="case_create").detail == "despite: other_person"


def test_one_open_case_per_citizen_and_municipality(adviser: User, unit: Unit) -> None:
    citizen = make_citizen()
    make_case(unit=unit, citizen=citizen)

    with pytest.raises((CaseIsOpen, CitizenTaken)):
        take_in(adviser, unit, citizen)


def test_a_citizen_of_another_municipality_is_taken_over_when_nothing_is_protected(
    adviser: User, unit: Unit
) -> None:
    citizen = make_citizen(cpr=CPR, protection=Protection.NO)
    make_case(unit=make_unit(), citizen=citizen)

    assert take_in(adviser, unit, citizen).citizen == citizen


@pytest.mark.parametrize("protection", [Protection.YES, Protection.UNKNOWN])
def test_T02_a_hidden_protected_citizen_is_not_taken_over(
    adviser: User, unit: Unit, protection: Protection
) -> None:
    citizen = make_citizen(cpr=CPR, protection=protection)
    make_case(unit=make_unit(), citizen=citizen)

    with pytest.raises(CitizenTaken):
        take_in(adviser, unit, citizen)


class TestWhatIsSaid:
    def test_nobody_is_here(self, adviser: User, unit: Unit) -> None:
        assert not look(adviser, unit.municipality, cpr=CPR)

    def test_ones_own_open_case_is_shown_and_stops(self, adviser: User, unit: Unit) -> None:
        case = make_case(unit=unit, citizen=make_citizen(cpr=CPR))

        found = look(adviser, unit.municipality, cpr=CPR)

        assert found.own_case == case
        assert found.stops

    def test_another_units_open_case_is_not_named(self, adviser: User, unit: Unit) -> None:
        other = make_unit(municipality=unit.municipality)
        make_case(unit=other, citizen=make_citizen(cpr=CPR))

        found = look(adviser, unit.municipality, cpr=CPR)

        assert found == Duplicates(is_taken=True)

    def test_a_closed_case_of_ones_own_can_be_followed_by_a_new_one(
        self, adviser: User, unit: Unit
    ) -> None:
        citizen = make_citizen(cpr=CPR)
        case = make_case(unit=unit, citizen=citizen, opened_on=date(2025, 1, 1))
        Case.objects.filter(pk=case.pk).update(closed_on=date(2025, 6, 1))

        found = look(adviser, unit.municipality, cpr=CPR)

        assert (found.same, found.is_same_shown, found.stops) == (citizen, True, False)

    def test_another_municipalitys_open_citizen_is_the_same_but_not_shown(
        self, adviser: User, unit: Unit
    ) -> None:
        citizen = make_citizen(cpr=CPR, protection=Protection.NO)
        make_case(unit=make_unit(), citizen=citizen)

        found = look(adviser, unit.municipality, cpr=CPR)

        assert (found.same, found.is_same_shown) == (citizen, False)
        assert found.asks

    @pytest.mark.parametrize("protection", [Protection.YES, Protection.UNKNOWN])
    def test_T02_a_protected_citizen_elsewhere_is_taken_and_no_more(
        self, adviser: User, unit: Unit, protection: Protection
    ) -> None:
        make_case(unit=make_unit(), citizen=make_citizen(cpr=CPR, protection=protection))

        assert look(adviser, unit.municipality, cpr=CPR) == Duplicates(is_taken=True)

    def test_T03_a_relative_is_taken_and_no_more(self, adviser: User, unit: Unit) -> None:
        citizen = make_citizen(cpr=CPR)
        make_case(unit=unit, citizen=citizen)
        AccessBlock.objects.create(user=adviser, citizen=citizen)

        assert look(adviser, unit.municipality, cpr=CPR) == Duplicates(is_taken=True)

    def test_a_similar_name_and_the_same_birthday_is_shown(self, adviser: User, unit: Unit) -> None:
        case = make_case(unit=unit, citizen=make_citizen(name="Sanne Baj Torlund", birth_date=BORN))

        found = look(adviser, unit.municipality)

        assert found.alike == [case]
        assert found.asks
        assert not found.stops

    @pytest.mark.parametrize(
        ("name", "born"),
        [("Sanne Bay Thorlund", date(1983, 5, 16)), ("Preben Skaarup Dall", BORN)],
        ids=["other-birthday", "other-name"],
    )
    def test_another_birthday_or_another_name_is_another_person(
        self, adviser: User, unit: Unit, name: str, born: date
    ) -> None:
        make_case(unit=unit, citizen=make_citizen(name=name, birth_date=born))

        assert not look(adviser, unit.municipality)

    def test_the_birthday_of_the_number_counts(self, adviser: User, unit: Unit) -> None:
        case = make_case(unit=unit, citizen=make_citizen(name="Sanne Bay", birth_date=BORN))

        assert look(adviser, unit.municipality, born=None, cpr=CPR).alike == [case]

    def test_two_numbers_are_two_people(self, adviser: User, unit: Unit) -> None:
        make_case(unit=unit, citizen=make_citizen(name="Sanne Bay Thorlund", cpr="150583-4016"))

        assert not look(adviser, unit.municipality, cpr=CPR)

    def test_a_hidden_one_is_hinted_at_without_a_name(self, adviser: User, unit: Unit) -> None:
        other = make_unit(municipality=unit.municipality)
        make_case(unit=other, citizen=make_citizen(name="Sanne Bay Thorlund", birth_date=BORN))

        found = look(adviser, unit.municipality)

        assert found == Duplicates(hides_alike=True)

    def test_T02_a_hidden_protected_one_is_not_hinted_at(self, adviser: User, unit: Unit) -> None:
        protected = make_citizen(
            name="Sanne Bay Thorlund", birth_date=BORN, protection=Protection.YES
        )
        make_case(unit=make_unit(municipality=unit.municipality), citizen=protected)

        assert not look(adviser, unit.municipality)

    def test_a_sealed_one_and_a_relative_are_not_hinted_at(self, adviser: User, unit: Unit) -> None:
        sealed = make_case(
            unit=unit, citizen=make_citizen(name="Sanne Bay Thorlund", birth_date=BORN)
        )
        Case.objects.filter(pk=sealed.pk).update(is_sealed=True)
        relative = make_citizen(name="Sanne Bay Thorlund", birth_date=BORN)
        make_case(unit=unit, citizen=relative)
        AccessBlock.objects.create(user=adviser, citizen=relative)

        assert not look(adviser, unit.municipality)
