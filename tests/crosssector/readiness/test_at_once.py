"""Two at once, with real transactions: what is counted from both counts both."""

from __future__ import annotations

from datetime import date

import pytest

from cases.casework.models import Case
from crosssector.readiness.models import RefundEnd
from crosssector.readiness.refund_ends import refund_ends_rebuild
from housing.shelters import services as shelters
from housing.shelters.enums import DischargeTo
from housing.shelters.models import Stay
from housingfirst.access.models import User
from support.methods import services as methods
from support.methods.enums import Method, SupportSection
from tests.housing.factories import make_stay
from tests.races import at_once
from tests.support.factories import make_adviser

pytestmark = pytest.mark.django_db(transaction=True)

LEFT = date(2026, 7, 1)


def test_a_decision_and_the_discharge_it_came_before() -> None:
    stay = make_stay(admitted_on=date(2026, 6, 1))
    adviser = make_adviser(stay.case)

    def decide() -> None:
        methods.support_decide(
            case=Case.objects.get(pk=stay.case_id),
            section=SupportSection.S85A,
            method=Method.CTI,
            decided_on=date(2026, 6, 20),
            starts_on=LEFT,
            reasons="Har brug for støtte i overgangen.",
            actor=User.objects.get(pk=adviser.pk),
        )

    def leave() -> None:
        shelters.stay_discharge(
            stay=Stay.objects.get(pk=stay.pk),
            discharged_on=LEFT,
            to=DischargeTo.OWN_HOME,
            reason="Flytter",
            actor=None,
        )

    assert at_once(decide, leave) == ["done", "done"]
    assert RefundEnd.objects.get().last_on == date(2028, 6, 30)
    assert refund_ends_rebuild() == 0
