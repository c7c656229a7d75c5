"""Addresses of tenancies."""

from django.urls import URLPattern, path

from housing.tenancies import views

urlpatterns: list[URLPattern] = [
    path("tenancies/<uuid:reference>/", views.tenancy_detail, name="tenancy_detail"),
    path("tenancies/<uuid:reference>/register/", views.tenancy_register, name="tenancy_register"),
    path("tenancies/<uuid:reference>/end/", views.tenancy_end, name="tenancy_end"),
    path("tenancies/<uuid:reference>/ordinary/", views.tenancy_ordinary, name="tenancy_ordinary"),
    path("tenancies/<uuid:reference>/place/", views.tenancy_place, name="tenancy_place"),
]
