"""The pages where housing and support meet: one line for each subject."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "crosssector"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("crosssector.aftercare.urls")),
    path("", include("crosssector.applications.urls")),
    path("", include("crosssector.complaints.urls")),
    path("", include("crosssector.exports.urls")),
    path("", include("crosssector.handoffs.urls")),
    path("", include("crosssector.insight.urls")),
    path("", include("crosssector.readiness.urls")),
    path("", include("crosssector.reimbursement.urls")),
]
