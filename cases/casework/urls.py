from django.urls import path

from cases.casework.views import overview

urlpatterns = [
    path("cases/<uuid:case_reference>/", overview.case_detail, name="case_detail"),
]
