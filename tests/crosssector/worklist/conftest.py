"""The Tuesday at noon on which the lists are read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.deadlines.factories import NOON, make_kind, only_kinds


@pytest.fixture
def tuesday_noon() -> Iterator[None]:
    kinds = (
        make_kind(),
        make_kind("test_law", title="Send the notice", is_statutory=True, loss=10),
        make_kind("test_wait", title="Deposit loan", waits_for_others=True, loss=30),
        make_kind("offer_answer", title="Answer the offer", loss=20),
    )
    with time_machine.travel(NOON, tick=False), only_kinds(*kinds):
        yield
