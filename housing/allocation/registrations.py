"""What this subject adds to the rest: told once, from `HousingConfig.ready`."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.casework.closing import register_running
from cases.casework.glance import register_glance
from cases.casework.listing import Column, register_column
from cases.casework.models import Case
from cases.casework.panels import Panel, register_panel
from cases.casework.summary import register_decisions
from cases.casework.tabs import Tab, register_tab
from housing.allocation import (
    case_page,
    choices,
    deadlines,
    events,
    jobs,
    path,
    vacancy_deadlines,
)
from housing.allocation.models import HousingReferral, Offer
from housing.allocation.services.answers import vacancy_closed
from housing.supply.events import VACANCY_CHANGED, VACANCY_CLOSED, VACANCY_REPORTED
from housing.supply.models import Vacancy
from housingfirst.access.enums import Act, Role
from housingfirst.access.models import User
from housingfirst.access.what import name_details, name_what
from housingfirst.events.kinds import subscribe
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place

TEAM = frozenset({Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD})
SHELTER = frozenset({Role.SHELTER_STAFF, Role.SHELTER_LEADER})

CHANGES_A_VACANCY = (
    VACANCY_REPORTED,
    VACANCY_CHANGED,
    VACANCY_CLOSED,
    events.OFFER_MADE,
    events.OFFER_DECLINED,
    events.OFFER_EXPIRED,
    events.OFFER_WITHDRAWN,
)


def register() -> None:
    register_running(_search_runs)
    events.register()
    deadlines.register()
    path.register()
    vacancy_deadlines.register()
    choices.register()
    subscribe(VACANCY_CLOSED, vacancy_closed)
    for changed in CHANGES_A_VACANCY:
        subscribe(changed, jobs.refresh_after)
    _case_pages()
    _menu()
    name_details(
        {
            "offer_answer": _("the answer to an offer"),
            "referral_paper": _("a paper for a housing referral"),
            vacancy_deadlines.TENANT: _("the answer to a vacancy"),
            vacancy_deadlines.RENT: _("the rent of a vacant dwelling"),
        }
    )
    name_what(
        {
            "allocation_board": _("the allocation board"),
            "waiting_list": _("the waiting list"),
            "offer_list": _("the list of offers"),
            "offer": _("an offer of a home"),
            "offer_detail": _("an offer of a home"),
            "offer_make": _("the form for an offer"),
            "offer_accept": _("the answer to an offer"),
            "offer_decline": _("the answer to an offer"),
            "offer_withdraw": _("the withdrawal of an offer"),
            "offer_place": _("the address of an offered home"),
            "referral": _("the housing referral"),
            "referral_edit": _("the form for a housing referral"),
            "referral_again": _("the form for a housing referral"),
            "referral_withdraw": _("the withdrawal of a housing referral"),
            "paper": _("a paper of the housing referral"),
            "paper_receive": _("a paper of the housing referral"),
            "housing_tab": _("the page about a home"),
        }
    )


def _case_pages() -> None:
    for key, seen in case_page.GLANCES.items():
        register_glance(key, seen)
    register_tab(Tab("housing", 40, _("Home"), "housing:housing_tab", Act.REFERRAL_VIEW))
    register_panel(
        Panel(
            "housing",
            30,
            "main",
            "housing/allocation/_panel.html",
            case_page.panel,
            Act.REFERRAL_VIEW,
        )
    )
    register_decisions("housing", 20, case_page.decisions)
    register_column(Column("home", 30, _("Home"), case_page.with_home, case_page.home_cell))


def _menu() -> None:
    allocator = frozenset({Role.ALLOCATOR})
    register_place(
        MenuItem(
            key="allocation",
            label=_("Allocation"),
            icon="home",
            url_name="housing:allocation_board",
            roles=allocator,
            order=210,
            count=_vacant,
            covers=("housing:offer_make",),
        ),
        MenuItem(
            key="waiting_list",
            label=_("Waiting list"),
            icon="list-bulleted",
            url_name="housing:waiting_list",
            roles=allocator,
            order=220,
            covers=("housing:housing_tab",),
        ),
        MenuItem(
            key="offers",
            label=_("Offers"),
            icon="hourglass",
            url_name="housing:offer_list",
            roles=allocator,
            order=230,
            count=_offered,
            covers=("housing:offer_detail",),
        ),
        MenuItem(
            key="dwellings",
            label=_("Homes on the way"),
            icon="home",
            url_name="housing:waiting_list",
            roles=TEAM,
            order=70,
            covers=("housing:offer_list", "housing:offer_detail"),
        ),
        MenuItem(
            key="dwellings_on_the_way",
            label=_("Homes on the way"),
            icon="home",
            url_name="housing:waiting_list",
            roles=SHELTER,
            order=140,
            covers=("housing:offer_list", "housing:offer_detail"),
        ),
    )


def _vacant(request: HttpRequest) -> int:
    """Vacant dwellings that nobody is offered yet."""
    user = request.user
    if not isinstance(user, User):
        return 0
    municipalities = {unit.municipality_id for unit in user.units_for(Act.OFFER_MAKE)}
    return (
        Vacancy.objects.filter(closed_on__isnull=True, municipality__in=municipalities)
        .exclude(pk__in=Offer.objects.live().values("vacancy"))
        .count()
    )


def _offered(request: HttpRequest) -> int:
    """Offers that wait for an answer."""
    user = request.user
    return Offer.objects.visible_to(user).live().count() if isinstance(user, User) else 0


def _search_runs(case: Case) -> str | None:
    if Offer.objects.live().filter(case=case).exists():
        return gettext("An offer of a home waits for its answer: register it first.")
    if HousingReferral.objects.waiting().filter(case=case).exists():
        return gettext("The housing referral waits in the queue: withdraw it first.")
    return None
