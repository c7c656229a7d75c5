"""A closed case is opened again, by those who may close one."""

import pytest

from cases.casework import services
from cases.casework.errors import CaseIsNotClosed, CaseIsOpen
from cases.casework.events import CASE_REOPENED
from cases.casework.models import Case
from housingfirst.access.enums import LogAction, Role
from housingfirst.access.models import AccessEntry, User
from housingfirst.base.errors import NotPermitted
from housingfirst.events.models import Event
from tests.access.factories import make_user
from tests.cases.factories import make_case
from tests.closed_cases.world import World, ago

pytestmark = pytest.mark.django_db


class TestReopening:
    def reopened(self, world: World, actor: User | None = None) -> Case:
        world.close()
        services.case_reopen(case=world.case, actor=actor or world.lead)
        return Case.objects.get(pk=world.case.pk)

    def test_it_is_open_logged_and_in_the_timeline(self, world: World) -> None:
        case = self.reopened(world)

        assert case.closed_on is None
        event = Event.objects.get(kind=CASE_REOPENED)
        assert (event.case, event.actor) == (case, world.lead)
        assert event.data["closed_on"] == ago(10).isoformat()
        entry = AccessEntry.objects.filter(action=LogAction.CHANGED, what="case_reopen").get()
        assert entry.user_id == world.lead.pk
        world.case = case
        world.write()

    def test_the_history_keeps_when_it_was_closed(self, world: World) -> None:
        Case.objects.filter(pk=world.case.pk).update(closed_on=ago(10))
        case = Case.objects.get(pk=world.case.pk)
        case.save()

        services.case_reopen(case=case, actor=world.lead)

        days = list(case.history.order_by("history_id").values_list("closed_on", flat=True))
        assert days[-2:] == [ago(10), None]

    def test_an_open_case_is_not_reopened(self, world: World) -> None:
        with pytest.raises(CaseIsNotClosed):
            services.case_reopen(case=world.case, actor=world.lead)

    def test_not_beside_a_newer_case(self, world: World) -> None:
        world.close()
        make_case(unit=world.case.unit, citizen=world.citizen)

        with pytest.raises(CaseIsOpen):
            services.case_reopen(case=world.case, actor=world.lead)

    @pytest.mark.parametrize("role", [Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD])
    def test_those_who_decide_may(self, world: World, role: Role) -> None:
        assert self.reopened(world, make_user(role, world.case.unit)).closed_on is None

    @pytest.mark.parametrize("role", [Role.SUPPORT_WORKER])
    def test_others_may_not(self, world: World, role: Role) -> None:
        with pytest.raises(NotPermitted):
            self.reopened(world, make_user(role, world.case.unit))
