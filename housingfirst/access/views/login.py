"""Login, logout, and the page one lands on."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from housingfirst.access import resume
from housingfirst.access.enums import Role, UnitKind
from housingfirst.access.models import Membership
from housingfirst.base.http import Request


# The page on which one logs in is for those who have not.
@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    template_name = "access/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"keeps": resume.is_waiting(self.request)}

    def get_success_url(self) -> str:
        """On to what was typed when the session ended, if it was this person's."""
        if resume.kept(self.request) is not None:
            return reverse("access:resume_typed")
        resume.forget(self.request)
        return str(super().get_success_url())


class Logout(LogoutView):
    pass


HOMES: Final[Mapping[Role, str]] = {
    Role.SHELTER_STAFF: "housing:resident_list",
    Role.SHELTER_LEADER: "housing:resident_list",
    Role.ALLOCATOR: "housing:allocation_board",
    Role.TEAM_LEAD: "crosssector:team_overview",
    Role.PARTNER: "crosssector:handoff_inbox",
    Role.ADVISER: "deadlines:my_day",
    Role.HYBRID: "deadlines:my_day",
    Role.SUPPORT_WORKER: "support:today",
    Role.AUDITOR: "access:log_audit",
    Role.ADMINISTRATOR: "access:user_list",
}
"""Where each role's day begins; who has several begins at the first one here."""


@require_GET
def home(request: Request) -> HttpResponse:
    """On to the page where the user's work is; a page that says whom to ask when there is none."""
    held = request.user.current_memberships
    if held:
        order = list(HOMES)
        return redirect(home_of(min(held, key=lambda one: order.index(Role(one.role)))))
    return render(request, "access/home.html")


def home_of(membership: Membership) -> str:
    """The URL name of the page where this membership's work is."""
    if membership.role == Role.PARTNER and membership.unit.kind == UnitKind.HOUSING:
        return "housing:vacancy_list"
    return HOMES[Role(membership.role)]
