"""Addresses of readiness."""

from django.urls import path

from crosssector.readiness import views

urlpatterns = [
    path("cases/<uuid:case_reference>/move-out/", views.move_out, name="move_out"),
]
