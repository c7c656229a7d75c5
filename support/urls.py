"""The pages about support: one line for each subject, and the tab where they meet."""

from django.urls import URLPattern, URLResolver, include, path

from support import tab

app_name = "support"

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/<uuid:case_reference>/support/", tab.support_tab, name="support_tab"),
    path("", include("support.activities.urls")),
    path("", include("support.methods.urls")),
    path("", include("support.enrolments.urls")),
    path("", include("support.milestones.urls")),
    path("", include("support.visits.urls")),
]
