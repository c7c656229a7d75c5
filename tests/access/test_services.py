"""Users, roles and units: what an administrator may do, and to whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from housingfirst.access import services
from housingfirst.access.enums import (
    ROLES_OF_KIND,
    OrganisationKind,
    Permission,
    Role,
    UnitKind,
)
from housingfirst.access.errors import (
    EmailInUse,
    IntakeIsTheTeams,
    IntakeTaken,
    MembershipOverlaps,
    MembershipReversed,
    OwnRights,
    RoleUnfit,
)
from housingfirst.access.models import AccessEntry, Membership, Unit, User
from housingfirst.base.errors import NotPermitted
from tests.access.factories import make_municipality, make_unit, make_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 17)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def administrator(unit: Unit) -> User:
    office = make_unit(kind=UnitKind.ADMINISTRATION, municipality=unit.municipality)
    return make_user(Role.ADMINISTRATOR, office)


def add(user: User, unit: Unit, actor: User, role: Role = Role.ADVISER, **days: Any) -> Membership:
    return services.membership_add(
        user=user, unit=unit, role=role, actor=actor, **{"valid_from": DAY, **days}
    )


def create(actor: User, email: str = "ny@example.org") -> User:
    return services.user_create(email=email, name="Ny", title="", phone="", actor=actor)


def change(user: User, actor: User, **values: Any) -> None:
    given: dict[str, Any] = {
        "email": user.email,
        "name": user.name,
        "title": "",
        "phone": "",
        "is_active": True,
    }
    services.user_change(user=user, actor=actor, **given | values)


class TestRoles:
    def test_one_is_given_and_logged(self, unit: Unit, administrator: User) -> None:
        user = make_user()

        add(user, unit, administrator)

        entry = AccessEntry.objects.filter(what="membership", user=administrator).get()
        assert entry.detail == f"{user.email}: adviser from 2026-11-17"
        user.refresh_from_db()
        assert user.authz_epoch == 1

    def test_not_in_another_municipality(self, administrator: User) -> None:
        with pytest.raises(NotPermitted):
            add(make_user(), make_unit(), administrator)

    @pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
    def test_nobody_else_gives_roles(self, unit: Unit, role: Role) -> None:
        with pytest.raises(NotPermitted):
            add(make_user(), unit, make_user(role, unit))

    def test_T28_not_to_oneself(self, unit: Unit, administrator: User) -> None:
        with pytest.raises(OwnRights):
            add(administrator, unit, administrator)
        with pytest.raises(OwnRights):
            services.membership_end(
                membership=administrator.memberships.get(), valid_to=DAY, actor=administrator
            )

    @pytest.mark.parametrize("kind", list(UnitKind))
    @pytest.mark.parametrize("role", list(Role))
    def test_a_role_fits_its_unit(
        self, administrator: User, unit: Unit, kind: UnitKind, role: Role
    ) -> None:
        place = make_unit(kind=kind, municipality=unit.municipality)

        if role in ROLES_OF_KIND[kind]:
            assert add(make_user(), place, administrator, role).role == role
        else:
            with pytest.raises(RoleUnfit):
                add(make_user(), place, administrator, role)

    def test_not_twice_at_once(self, unit: Unit, administrator: User) -> None:
        user = make_user()
        first = add(user, unit, administrator, valid_to=DAY + timedelta(days=10))

        with pytest.raises(MembershipOverlaps):
            add(user, unit, administrator, valid_from=DAY + timedelta(days=9))
        add(user, unit, administrator, valid_from=DAY + timedelta(days=10))
        with pytest.raises(MembershipOverlaps):
            services.membership_end(
                membership=first, valid_to=DAY + timedelta(days=11), actor=administrator
            )

    def test_not_backwards(self, unit: Unit, administrator: User) -> None:
        with pytest.raises(MembershipReversed):
            add(make_user(), unit, administrator, valid_to=DAY - timedelta(days=1))
        with pytest.raises(MembershipReversed):
            services.membership_end(
                membership=add(make_user(), unit, administrator),
                valid_to=DAY - timedelta(days=1),
                actor=administrator,
            )

    def test_one_that_ends_today_gives_nothing_today(self, unit: Unit, administrator: User) -> None:
        user = make_user(Role.ADVISER, unit)

        services.membership_end(
            membership=user.memberships.get(), valid_to=timezone.localdate(), actor=administrator
        )

        assert User.objects.get(pk=user.pk).acts == frozenset()


class TestUsers:
    def test_a_new_one_has_no_password_and_no_rights(self, administrator: User) -> None:
        user = create(administrator)

        assert not user.has_usable_password()
        assert user.acts == frozenset()
        assert user.group_ids_for(Permission.VIEW) == []

    @pytest.mark.parametrize("email", ["ny@example.org", "NY@Example.ORG"])
    def test_an_e_mail_is_used_once_however_it_is_written(
        self, administrator: User, email: str
    ) -> None:
        create(administrator)
        other = make_user()

        with pytest.raises(EmailInUse):
            create(administrator, email)
        with pytest.raises(EmailInUse):
            change(other, administrator, email=email)

    def test_who_also_works_elsewhere_is_not_changed(self, administrator: User) -> None:
        elsewhere = make_user(Role.ADVISER)

        with pytest.raises(NotPermitted):
            change(elsewhere, administrator, name="Nyt navn")
        with pytest.raises(NotPermitted):
            services.password_token(user=elsewhere, actor=administrator)

    def test_a_superuser_is_not_changed(self, administrator: User) -> None:
        root = make_user()
        User.objects.filter(pk=root.pk).update(is_superuser=True)

        with pytest.raises(NotPermitted):
            change(User.objects.get(pk=root.pk), administrator, name="Nyt navn")

    def test_nobody_switches_themselves_off_or_makes_their_own_link(
        self, administrator: User
    ) -> None:
        with pytest.raises(OwnRights):
            change(administrator, administrator, is_active=False)
        with pytest.raises(OwnRights):
            services.password_token(user=administrator, actor=administrator)

    def test_a_link_is_logged(self, unit: Unit, administrator: User) -> None:
        user = make_user(Role.ADVISER, unit)

        assert services.password_token(user=user, actor=administrator)

        assert AccessEntry.objects.get(what="password_link").detail == user.email


class TestUnits:
    def test_one_is_made_with_its_group(self, unit: Unit, administrator: User) -> None:
        made = services.unit_register(
            organisation=unit.organisation,
            municipality=unit.municipality,
            name="Ungeteamet",
            kind=UnitKind.TEAM,
            phone="",
            takes_intake=False,
            actor=administrator,
        )

        assert made.group.name == f"unit:{made.reference}"

    def test_not_in_another_municipality(self, unit: Unit, administrator: User) -> None:
        with pytest.raises(NotPermitted):
            services.unit_register(
                organisation=unit.organisation,
                municipality=make_municipality(),
                name="Ungeteamet",
                kind=UnitKind.TEAM,
                phone="",
                takes_intake=False,
                actor=administrator,
            )
        with pytest.raises(NotPermitted):
            services.unit_change(
                unit=make_unit(), name="x", phone="", takes_intake=False, actor=administrator
            )
        with pytest.raises(NotPermitted):
            services.organisation_register(
                name="x",
                kind=OrganisationKind.MUNICIPAL,
                municipality=make_municipality(),
                actor=administrator,
            )

    def test_only_a_team_takes_intake(self, unit: Unit, administrator: User) -> None:
        allocation = make_unit(municipality=unit.municipality, kind=UnitKind.ALLOCATION)

        with pytest.raises(IntakeIsTheTeams):
            services.unit_change(
                unit=allocation, name="x", phone="", takes_intake=True, actor=administrator
            )

    def test_one_unit_takes_intake(self, unit: Unit, administrator: User) -> None:
        services.unit_change(
            unit=unit, name=unit.name, phone="", takes_intake=True, actor=administrator
        )

        with pytest.raises(IntakeTaken):
            services.unit_change(
                unit=make_unit(municipality=unit.municipality),
                name="x",
                phone="",
                takes_intake=True,
                actor=administrator,
            )
