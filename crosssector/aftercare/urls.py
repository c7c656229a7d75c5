"""Addresses of aftercare."""

from django.urls import URLPattern, path

from crosssector.aftercare import views

urlpatterns: list[URLPattern] = [
    path("stays/<uuid:reference>/aftercare/", views.aftercare, name="aftercare"),
    path("stays/<uuid:reference>/aftercare/end/", views.aftercare_end, name="aftercare_end"),
]
