"""Addresses of the agreements on allocation."""

from django.urls import URLPattern, path

from housing.agreements import views

urlpatterns: list[URLPattern] = [
    path("agreements/", views.agreement_list, name="agreement_list"),
    path("agreements/<uuid:reference>/", views.agreement_detail, name="agreement_detail"),
]
