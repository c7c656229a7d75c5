from django.urls import path

from cases.casework.views import overview, reveal

urlpatterns = [
    path("cases/<uuid:case_reference>/", overview.case_detail, name="case_detail"),
    path("cases/<uuid:case_reference>/cpr/", reveal.cpr_reveal, name="cpr_reveal"),
]
