"""Every address of the site. An app adds one line for its pages."""

from django.urls import URLPattern, URLResolver, include, path

from housingfirst import health
from housingfirst.access.views.login import home

handler400 = "housingfirst.refusals.bad_request"
handler403 = "housingfirst.refusals.forbidden"
handler404 = "housingfirst.refusals.not_found"
handler500 = "housingfirst.refusals.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", home, name="home"),
    path("", include("cases.urls")),
    path("", include("housingfirst.ui.urls")),
    path("", include("housingfirst.access.urls")),
    path("", include("housingfirst.imports.urls")),
    path("", include("housingfirst.lawbook.urls")),
    path("api/", include("housingfirst.api.urls")),
    path("", include("housing.urls")),
    path("", include("support.urls")),
    path("", include("crosssector.urls")),
    path("", include("crosssector.worklist.urls")),
]
