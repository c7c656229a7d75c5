"""Addresses of large files."""

from django.urls import path

from crosssector.exports import views

urlpatterns = [
    path("team/exports/", views.export_list, name="export_list"),
    path("team/exports/<uuid:reference>/approve/", views.export_approve, name="export_approve"),
]
