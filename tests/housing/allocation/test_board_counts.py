"""The board's figures: one barred estate among the vacancies must not empty them."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.factories import make_case
from tests.housing.homes import (
    make_allocator,
    make_area,
    make_dwelling,
    make_estate,
    make_referral,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


def test_a_barred_estate_leaves_the_other_counts_alone(client: Client) -> None:
    area = make_area()
    open_estate = make_estate(area=area)
    barred = make_estate(area=area, allocation_barred=True, barred_reason="Udsat område")
    make_vacancy(dwelling=make_dwelling(estate=open_estate))
    make_vacancy(dwelling=make_dwelling(estate=barred))
    allocator = make_allocator(area.municipality)
    make_referral(case=make_case(municipality=area.municipality))
    client.force_login(allocator)

    page = client.get(reverse("housing:allocation_board")).content.decode()

    assert "2 ledige · 1 venter" in page
