"""Addresses of claims."""

from django.urls import path

from crosssector.reimbursement.tab.files import citizen_file
from crosssector.reimbursement.views import checks, claims, files, invoices

urlpatterns = [
    path(
        "cases/<uuid:case_reference>/reimbursement/file/", citizen_file, name="citizen_refund_file"
    ),
    path("reimbursement/claims/", claims.claim_list, name="claim_list"),
    path("reimbursement/claims/new/", claims.claim_create, name="claim_create"),
    path("reimbursement/claims/<uuid:reference>/", claims.claim_detail, name="claim_detail"),
    path("reimbursement/claims/<uuid:reference>/check/", claims.claim_check, name="claim_check"),
    path(
        "reimbursement/claims/<uuid:reference>/approve/", claims.claim_approve, name="claim_approve"
    ),
    path("reimbursement/claims/<uuid:reference>/return/", claims.claim_return, name="claim_return"),
    path(
        "reimbursement/claims/<uuid:reference>/findings/",
        checks.claim_findings,
        name="claim_findings",
    ),
    path(
        "reimbursement/claims/<uuid:reference>/recompute/",
        checks.claim_recompute,
        name="claim_recompute",
    ),
    path("reimbursement/claims/<uuid:reference>/file/", files.claim_file, name="claim_file"),
    path(
        "reimbursement/claims/<uuid:reference>/file/ask/",
        files.claim_file_ask,
        name="claim_file_ask",
    ),
    path("stays/<uuid:reference>/claim-hold/", checks.claim_hold, name="claim_hold"),
    path("reimbursement/invoices/", invoices.invoice_list, name="invoice_list"),
    path(
        "reimbursement/invoices/<uuid:reference>/", invoices.invoice_detail, name="invoice_detail"
    ),
    path(
        "reimbursement/invoices/<uuid:reference>/accept/",
        invoices.invoice_accept,
        name="invoice_accept",
    ),
    path(
        "reimbursement/invoices/<uuid:reference>/object/",
        invoices.invoice_object,
        name="invoice_object",
    ),
    path(
        "reimbursement/invoices/<uuid:reference>/letter.pdf",
        invoices.invoice_letter,
        name="invoice_letter",
    ),
]
