"""Addresses of wishes for activity."""

from django.urls import URLPattern, path

from support.activities import views

urlpatterns: list[URLPattern] = [
    path("cases/<uuid:case_reference>/support/activities/", views.activities, name="activities"),
    path(
        "cases/<uuid:case_reference>/support/activities/<uuid:reference>/answer/",
        views.activity_answer,
        name="activity_answer",
    ),
]
