"""Who people are here, and what each may do."""

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPAL = "municipal", _("Municipal department")
    SHELTER_OPERATOR = "shelter_operator", _("Shelter operator")
    HOUSING = "housing", _("Housing organisation")
    REGION = "region", _("Region")
    PRISON_SERVICE = "prison_service", _("Prison service")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class UnitKind(models.TextChoices):
    TEAM = "team", _("Homelessness team")
    ALLOCATION = "allocation", _("Housing allocation")
    SHELTER = "shelter", _("Shelter")
    BENEFITS_OFFICE = "benefits_office", _("Benefits office")
    JOB_CENTRE = "job_centre", _("Job centre")
    HOUSING = "housing", _("Housing organisation")
    PSYCHIATRY = "psychiatry", _("Psychiatry")
    SUBSTANCE = "substance", _("Substance treatment")
    PRISON_SERVICE = "prison_service", _("Prison service")
    ADMINISTRATION = "administration", _("Administration")


class Role(models.TextChoices):
    ADVISER = "adviser", _("Authority adviser")
    SUPPORT_WORKER = "support_worker", _("Support worker")
    HYBRID = "hybrid", _("Hybrid role")
    TEAM_LEAD = "team_lead", _("Team lead")
    ALLOCATOR = "allocator", _("Allocator")
    SHELTER_STAFF = "shelter_staff", _("Shelter staff")
    SHELTER_LEADER = "shelter_leader", _("Shelter leader")
    PARTNER = "partner", _("Partner")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class Permission(models.TextChoices):
    """What a grant on a case gives. The codenames of guardian's permission rows."""

    VIEW = "view_case", _("See the case")
    CHANGE = "change_case", _("Change the case")
    HOUSING = "view_housing_case", _("See what finding a home needs")


class Act(models.TextChoices):
    """What a person does. Each role has its acts; on a case the act also asks for a grant."""

    CASE_VIEW = "case_view", _("open a case")
    CASE_WHOLE = "case_whole", _("see all that happened in a case")
    CASE_CREATE = "case_create", _("open a new case")
    CASE_CHANGE = "case_change", _("change a case")
    CASE_ASSIGN = "case_assign", _("assign a case")
    CASE_CLOSE = "case_close", _("close and reopen a case")
    NOTE_WRITE = "note_write", _("write a note")
    CPR_REVEAL = "cpr_reveal", _("reveal a CPR number")
    PLACE_REVEAL = "place_reveal", _("reveal a protected place")
    STAY_VIEW = "stay_view", _("see the residents of a shelter")
    STAY_REGISTER = "stay_register", _("register stays")
    RATE_WRITE = "rate_write", _("set the shelter's daily rate")
    NOTICE_ACKNOWLEDGE = "notice_acknowledge", _("acknowledge a notice")
    REIMBURSEMENT_VIEW = "reimbursement_view", _("see what is reimbursed")
    REFERRAL_VIEW = "referral_view", _("see housing referrals")
    REFERRAL_WRITE = "referral_write", _("refer to housing")
    VACANCY_VIEW = "vacancy_view", _("see vacancies")
    VACANCY_REPORT = "vacancy_report", _("report a vacancy")
    ESTATE_WRITE = "estate_write", _("maintain estates and areas")
    OFFER_MAKE = "offer_make", _("make an offer")
    OFFER_ANSWER = "offer_answer", _("register the answer to an offer")
    TENANCY_WRITE = "tenancy_write", _("register a tenancy")
    ARREARS_WRITE = "arrears_write", _("register arrears of the rent")
    SUPPORT_DECIDE = "support_decide", _("decide on support")
    PLAN_WRITE = "plan_write", _("register assessments and plans")
    VISIT_LOG = "visit_log", _("log a visit")
    HANDOFF_ASK = "handoff_ask", _("ask another unit")
    HANDOFF_ANSWER = "handoff_answer", _("answer a handoff")
    SERVICE_LEVEL_WRITE = "service_level_write", _("keep the agreements on answers")
    WORKLIST = "worklist", _("see a worklist")
    TEAM_VIEW = "team_view", _("see the team's figures")
    EXPORT = "export", _("fetch lists as files")
    CLAIM_VIEW = "claim_view", _("see the municipality's claims for reimbursement")
    CLAIM_DRAFT = "claim_draft", _("draft claims for reimbursement")
    CLAIM_APPROVE = "claim_approve", _("approve claims that others have drafted")
    INVOICE_CHECK = "invoice_check", _("check the invoices of shelters")
    LOG_VIEW = "log_view", _("see the access log of a citizen")
    LOG_AUDIT = "log_audit", _("audit the access log")
    USERS_MANAGE = "users_manage", _("manage users")
    RULES_VIEW = "rules_view", _("read the rules and the municipality's choices")
    RULES_CHOOSE = "rules_choose", _("choose where the law is open")
    STAY_IMPORT = "stay_import", _("import stays")
    DWELLING_IMPORT = "dwelling_import", _("import dwellings")


_CASE = frozenset({
    Act.CASE_VIEW, Act.CASE_WHOLE, Act.CASE_CREATE, Act.CASE_CHANGE, Act.NOTE_WRITE,
    Act.CPR_REVEAL, Act.PLACE_REVEAL, Act.REFERRAL_VIEW, Act.HANDOFF_ASK, Act.WORKLIST,
})  # fmt: skip
_DECIDE = _CASE | {
    Act.REFERRAL_WRITE, Act.NOTICE_ACKNOWLEDGE, Act.OFFER_ANSWER, Act.TENANCY_WRITE,
    Act.ARREARS_WRITE,
    Act.SUPPORT_DECIDE, Act.CASE_ASSIGN, Act.CASE_CLOSE, Act.VACANCY_VIEW,
    Act.REIMBURSEMENT_VIEW, Act.RULES_VIEW, Act.PLAN_WRITE,
}  # fmt: skip
_SHELTER = frozenset({
    Act.CASE_VIEW, Act.NOTE_WRITE, Act.CPR_REVEAL, Act.PLACE_REVEAL, Act.STAY_VIEW,
    Act.STAY_REGISTER, Act.REFERRAL_VIEW, Act.REFERRAL_WRITE, Act.WORKLIST, Act.STAY_IMPORT,
})  # fmt: skip

ROLE_ACTS: Final[Mapping[Role, frozenset[Act]]] = {
    Role.ADVISER: _DECIDE,
    Role.SUPPORT_WORKER: _CASE | {Act.VISIT_LOG, Act.OFFER_ANSWER, Act.ARREARS_WRITE},
    Role.HYBRID: _DECIDE | {Act.VISIT_LOG},
    Role.TEAM_LEAD: _DECIDE | {
        Act.VISIT_LOG, Act.TEAM_VIEW, Act.LOG_VIEW, Act.EXPORT, Act.SERVICE_LEVEL_WRITE,
        Act.CLAIM_VIEW, Act.CLAIM_DRAFT, Act.CLAIM_APPROVE, Act.INVOICE_CHECK,
    },
    Role.ALLOCATOR: frozenset({
        Act.REFERRAL_VIEW, Act.VACANCY_VIEW, Act.VACANCY_REPORT, Act.OFFER_MAKE,
        Act.OFFER_ANSWER, Act.TENANCY_WRITE, Act.WORKLIST, Act.DWELLING_IMPORT, Act.ESTATE_WRITE,
        Act.RULES_VIEW, Act.ARREARS_WRITE,
    }),
    Role.SHELTER_STAFF: _SHELTER,
    Role.SHELTER_LEADER: _SHELTER | {Act.RATE_WRITE},
    Role.PARTNER: frozenset({Act.HANDOFF_ANSWER, Act.VACANCY_REPORT, Act.VACANCY_VIEW}),
    Role.AUDITOR: frozenset({Act.LOG_AUDIT, Act.RULES_VIEW}),
    Role.ADMINISTRATOR: frozenset({Act.USERS_MANAGE, Act.RULES_VIEW, Act.RULES_CHOOSE}),
}  # fmt: skip
"""A partner's acts also depend on the kind of the unit: see `PARTNER_ACTS`."""

PARTNER_ACTS: Final[Mapping[UnitKind, frozenset[Act]]] = {
    UnitKind.HOUSING: frozenset({Act.VACANCY_VIEW, Act.VACANCY_REPORT, Act.HANDOFF_ANSWER}),
}
"""What a partner may do in a unit of this kind; elsewhere only answer handoffs."""

ACT_PERMISSION: Final[Mapping[Act, Permission]] = {
    Act.CASE_CHANGE: Permission.CHANGE,
    Act.CASE_ASSIGN: Permission.CHANGE,
    Act.CASE_CLOSE: Permission.CHANGE,
    Act.SUPPORT_DECIDE: Permission.CHANGE,
    Act.PLAN_WRITE: Permission.CHANGE,
    Act.TENANCY_WRITE: Permission.HOUSING,
    Act.ARREARS_WRITE: Permission.HOUSING,
    Act.REFERRAL_VIEW: Permission.HOUSING,
    Act.OFFER_MAKE: Permission.HOUSING,
    Act.OFFER_ANSWER: Permission.HOUSING,
}
"""The grant an act asks for on its case; `Permission.VIEW` where not named."""

ROLE_PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.ADVISER: frozenset(Permission),
    Role.SUPPORT_WORKER: frozenset(Permission),
    Role.HYBRID: frozenset(Permission),
    Role.TEAM_LEAD: frozenset(Permission),
    Role.ALLOCATOR: frozenset({Permission.HOUSING}),
    Role.SHELTER_STAFF: frozenset({Permission.VIEW, Permission.HOUSING}),
    Role.SHELTER_LEADER: frozenset({Permission.VIEW, Permission.HOUSING}),
    Role.PARTNER: frozenset(),
    Role.AUDITOR: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
}
"""Which of its unit's grants a role may use: an allocator in the team's unit sees no journal."""


class LogAction(models.TextChoices):
    VIEWED = "viewed", _("viewed")
    LISTED = "listed", _("seen in a list")
    SEARCHED = "searched", _("searched")
    CHANGED = "changed", _("changed")
    REVEALED = "revealed", _("revealed")
    EXPORTED = "exported", _("exported")
    PRINTED = "printed", _("printed")
    DENIED = "denied", _("denied")


class Purpose(models.TextChoices):
    """Why personal data were used. The default follows from the person's work with the case."""

    CASEWORK = "casework", _("Casework")
    SHELTER = "shelter", _("Stay at the shelter")
    ALLOCATION = "allocation", _("Housing allocation")
    SUPPORT = "support", _("Support")
    HANDOFF = "handoff", _("A handoff was asked of us")
    OVERSIGHT = "oversight", _("Team lead's oversight")
    AUDIT = "audit", _("Audit")
    INTAKE = "intake", _("Intake of a citizen")
    SYSTEM = "system", _("Automatic")


_OF_A_TEAM = frozenset({Role.ADVISER, Role.SUPPORT_WORKER, Role.HYBRID, Role.TEAM_LEAD})
_OF_A_PARTNER = frozenset({Role.PARTNER})

ROLES_OF_KIND: Final[Mapping[UnitKind, frozenset[Role]]] = {
    UnitKind.TEAM: _OF_A_TEAM,
    UnitKind.ALLOCATION: frozenset({Role.ALLOCATOR, Role.TEAM_LEAD}),
    UnitKind.SHELTER: frozenset({Role.SHELTER_STAFF, Role.SHELTER_LEADER}),
    UnitKind.BENEFITS_OFFICE: _OF_A_PARTNER,
    UnitKind.JOB_CENTRE: _OF_A_PARTNER,
    UnitKind.HOUSING: _OF_A_PARTNER,
    UnitKind.PSYCHIATRY: _OF_A_PARTNER,
    UnitKind.SUBSTANCE: _OF_A_PARTNER,
    UnitKind.PRISON_SERVICE: _OF_A_PARTNER,
    UnitKind.ADMINISTRATION: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
}
"""The roles an administrator may give in a unit of each kind."""
