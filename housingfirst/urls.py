"""Every address of the site. An app adds one line for its pages."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("housingfirst.ui.urls")),
    path("api/", include("housingfirst.api.urls")),
]
