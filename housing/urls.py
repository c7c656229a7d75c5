"""The pages about homes and shelters: one line for each subject."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "housing"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("housing.shelters.urls")),
    path("", include("housing.supply.urls")),
    path("", include("housing.agreements.urls")),
    path("", include("housing.allocation.urls")),
    path("", include("housing.tenancies.urls")),
    path("", include("housing.rents.urls")),
    path("", include("housing.evictions.urls")),
    path("", include("housing.waitlists.urls")),
]
