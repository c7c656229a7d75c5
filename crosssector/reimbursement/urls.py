"""Addresses of claims."""

from django.urls import path

from crosssector.reimbursement.tab.files import citizen_file
from crosssector.reimbursement.views import checks, claims, files

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
]
