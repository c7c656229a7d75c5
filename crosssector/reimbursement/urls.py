"""Addresses of claims."""

from django.urls import path

from crosssector.reimbursement.views import claims

urlpatterns = [
    path("reimbursement/claims/", claims.claim_list, name="claim_list"),
    path("reimbursement/claims/new/", claims.claim_create, name="claim_create"),
    path("reimbursement/claims/<uuid:reference>/", claims.claim_detail, name="claim_detail"),
    path("reimbursement/claims/<uuid:reference>/check/", claims.claim_check, name="claim_check"),
    path(
        "reimbursement/claims/<uuid:reference>/approve/", claims.claim_approve, name="claim_approve"
    ),
    path("reimbursement/claims/<uuid:reference>/return/", claims.claim_return, name="claim_return"),
]
