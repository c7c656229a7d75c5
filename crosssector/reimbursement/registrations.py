"""What this subject adds to the rest: told once, from `CrosssectorConfig.ready`."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.casework.glance import register_glance
from cases.casework.panels import Column, Context, Panel
from crosssector.exports.files import register_file
from crosssector.reimbursement import events, files
from crosssector.reimbursement.invoice_file import InvoiceImporter
from crosssector.reimbursement.panels import claims_panel
from crosssector.reimbursement.selectors import waiting_count
from crosssector.reimbursement.tab.facts import homes
from crosssector.reimbursement.tab.panels import (
    history_panel,
    support_panel,
    what_if_panel,
)
from housing.shelters.reimbursement_panels import register_reimbursement_panel
from housingfirst.access.enums import Act, Role
from housingfirst.access.models import User
from housingfirst.access.what import name_what
from housingfirst.imports.importers import register_importer
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    events.register()
    register_importer(InvoiceImporter())
    register_file(files.WHAT, files.file_url)
    _log_words()
    register_reimbursement_panel(
        Panel(
            key="claims",
            order=30,
            column="side",
            template="crosssector/reimbursement/_panel.html",
            context=claims_panel,
            act=Act.REIMBURSEMENT_VIEW,
        )
    )
    register_glance("homes", homes)
    panels: list[tuple[str, int, Column, Context]] = [
        ("history", 10, "main", history_panel),
        ("support", 60, "main", support_panel),
        ("what_if", 10, "side", what_if_panel),
    ]
    for key, order, column, context in panels:
        register_reimbursement_panel(
            Panel(
                key=key,
                order=order,
                column=column,
                template=f"crosssector/reimbursement/tab/_{key}.html",
                context=context,
                act=Act.REIMBURSEMENT_VIEW,
            )
        )
    register_place(
        MenuItem(
            key="claims",
            label=_("Reimbursement"),
            icon="payments",
            url_name="crosssector:claim_list",
            roles={Role.TEAM_LEAD},
            order=62,
            act=Act.CLAIM_VIEW,
            count=_to_approve,
            covers=(
                "crosssector:claim_detail",
                "crosssector:claim_approve",
                "crosssector:claim_return",
                "crosssector:claim_findings",
                "crosssector:claim_recompute",
                "crosssector:claim_hold",
                "crosssector:claim_file_ask",
                "crosssector:invoice_list",
                "crosssector:invoice_detail",
                "crosssector:invoice_object",
                "imports:",
            ),
        )
    )


def _to_approve(request: HttpRequest) -> int:
    """The claims that wait for the reader's approval."""
    user = request.user
    if not isinstance(user, User) or not user.may(Act.CLAIM_APPROVE):
        return 0
    return waiting_count(user)


def _log_words() -> None:
    name_what({
        "citizen_refund_file": _("a citizen's reimbursement, computed"),
        "claim": _("a claim for reimbursement"),
        "claim_list": _("the claims for reimbursement"),
        "claim_create": _("the draft of a claim for reimbursement"),
        "claim_draft": _("the draft of a claim for reimbursement"),
        "claim_detail": _("a claim for reimbursement"),
        "claim_check": _("a claim sent for approval"),
        "claim_approve": _("the approval of a claim"),
        "claim_return": _("a claim sent back"),
        "claim_findings": _("what the check of a claim found"),
        "claim_recompute": _("a claim computed again"),
        "claim_hold": _("a stay kept out of the claims"),
        "claim_file": _("a claim as a file"),
        "claim_file_ask": _("the asking for a large file"),
        "invoice": _("a shelter's invoice"),
        "invoice_list": _("the invoices of shelters"),
        "invoice_detail": _("a shelter's invoice"),
        "invoice_accept": _("a shelter's invoice accepted"),
        "invoice_object": _("a shelter's invoice objected to"),
        "invoice_letter": _("the letter about an invoice"),
    })  # fmt: skip
