"""What this subject adds to the registries of other apps: it knows housing and support both."""

from django.utils.translation import gettext_lazy as _

from cases.casework.glance import register_glance
from cases.casework.panels import Panel, register_panel
from cases.casework.summary import register_decisions
from crosssector.readiness import backward_panel, choices, deadlines, refund_deadline
from crosssector.readiness.case_page import missing_decision, undecided
from crosssector.readiness.discharge import support_decided_before
from crosssector.readiness.facts import home_of_case, wish_in_referral
from crosssector.readiness.hints import reimbursement_hint
from crosssector.readiness.refund_ends import after_stays, after_support
from crosssector.readiness.way_out import way_out
from housing.shelters.clock import register_counted
from housing.shelters.discharge import register_discharge_check
from housingfirst.access.what import name_details, name_what
from housingfirst.events.kinds import subscribe
from support.enrolments.events import ENROLMENT_ENDED, ENROLMENT_STARTED
from support.enrolments.homes import register_home_source
from support.methods.events import SUPPORT_CORRECTED, SUPPORT_DECIDED
from support.methods.hints import register_hint
from support.methods.wishes import register_wish_source


def register() -> None:
    deadlines.register()
    refund_deadline.register()
    choices.register()
    register_counted(after_stays)
    for changed in (SUPPORT_DECIDED, SUPPORT_CORRECTED, ENROLMENT_STARTED, ENROLMENT_ENDED):
        subscribe(changed, after_support)
    register_discharge_check(support_decided_before)
    register_home_source(home_of_case)
    register_wish_source(wish_in_referral)
    register_hint(reimbursement_hint)
    name_what({"move_out": _("the conditions of a discharge")})
    register_glance("undecided", undecided)
    register_decisions("support_missing", 29, missing_decision)
    register_glance("way_out", way_out)
    register_panel(
        Panel(
            key="backward",
            order=35,
            column="main",
            template="crosssector/readiness/_backward_panel.html",
            context=backward_panel.panel,
        )
    )
    name_details({
        deadlines.ASSESSMENT: _("the day of an assessment"),
        deadlines.PLAN: _("the day of a plan under § 142"),
        deadlines.REFERRAL: _("the day of a housing referral"),
        deadlines.SUPPORT: _("the day of a decision on support"),
        refund_deadline.REFUND_END: _("the end of the reimbursement of support"),
    })  # fmt: skip
