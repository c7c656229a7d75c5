"""Addresses of applications."""

from django.urls import path

from crosssector.applications import views

CASE = "cases/<uuid:case_reference>/"
ONE = "applications/<uuid:reference>/"

urlpatterns = [
    path(f"{CASE}applications/", views.applications, name="applications"),
    path(ONE, views.application, name="application"),
    path(f"{ONE}told/", views.application_told, name="application_told"),
    path(f"{ONE}withdraw/", views.application_withdraw, name="application_withdraw"),
    path(f"{CASE}handoffs/<uuid:reference>/told/", views.loan_told, name="loan_told"),
]
