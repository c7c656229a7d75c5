"""Every address of the site. An app adds one line for its pages."""

from django.urls import URLPattern, URLResolver, include, path

from housingfirst import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("housingfirst.ui.urls")),
    path("api/", include("housingfirst.api.urls")),
    path("", include("housing.urls")),
]
