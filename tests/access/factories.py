"""People, units and rights for tests. Every value a test asserts on is named in the test."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from housingfirst.access import services
from housingfirst.access.enums import OrganisationKind, Role, UnitKind
from housingfirst.access.models import Municipality, Organisation, Unit, User

LONG_AGO = date(2020, 1, 1)


class MunicipalityFactory(factory.django.DjangoModelFactory[Municipality]):
    class Meta:
        model = Municipality

    code = factory.Sequence(lambda n: f"{9000 + n}")
    name = factory.Sequence(lambda n: f"Prøveby {n}")
    uses_system = True


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    kind = OrganisationKind.MUNICIPAL


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    organisation = factory.SubFactory(OrganisationFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Enhed {n}")
    kind = UnitKind.TEAM

    @classmethod
    def _create(cls, model_class: type[Unit], *args: Any, **kwargs: Any) -> Unit:
        return services.unit_create(**kwargs)


class UserFactory(factory.django.DjangoModelFactory[User]):
    """`UserFactory(role=Role.ADVISER, unit=unit)` makes the user a member from long ago."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        role: Role | None = kwargs.pop("role", None)
        unit: Unit | None = kwargs.pop("unit", None)
        user = User.objects.create_user(**kwargs)
        if role is not None:
            services.membership_add(
                user=user,
                unit=unit or UnitFactory(),
                role=role,
                valid_from=LONG_AGO,
                actor=None,
            )
            user.refresh_from_db()
        return user
