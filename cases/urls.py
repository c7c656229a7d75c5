"""The pages of the case; each subject has its own module."""

from django.urls import include, path

app_name = "cases"

urlpatterns = [
    path("", include("cases.casework.urls")),
    path("", include("cases.plans.urls")),
]
