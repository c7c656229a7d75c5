"""Addresses of complaints."""

from django.urls import path

from crosssector.complaints import views

CASE = "cases/<uuid:case_reference>/complaints/"

urlpatterns = [
    path(CASE, views.complaints, name="complaints"),
    path(f"{CASE}decisions/<uuid:reference>/", views.complaint_new, name="complaint_new"),
    path(f"{CASE}decisions/<uuid:reference>/told/", views.decision_told, name="decision_told"),
    path("complaints/<uuid:reference>/", views.complaint, name="complaint"),
    path("complaints/<uuid:reference>/forward/", views.complaint_forward, name="complaint_forward"),
    path(
        "complaints/<uuid:reference>/withdraw/", views.complaint_withdraw, name="complaint_withdraw"
    ),
]
