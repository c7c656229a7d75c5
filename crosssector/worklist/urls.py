"""The worklist stands above the cases, but its addresses are the deadlines'."""

from django.urls import path

from crosssector.worklist.views import giving
from crosssector.worklist.views import worklist as views

app_name = "deadlines"

urlpatterns = [
    path("my-day/", views.my_day, name="my_day"),
    path("unit-day/", views.unit_day, name="unit_day"),
    path("deadlines/<uuid:reference>/snooze/", views.snooze, name="snooze"),
    path("deadlines/<uuid:reference>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("deadlines/<uuid:reference>/wake/", views.wake, name="wake"),
    path("deadlines/<uuid:reference>/give/", giving.give, name="give"),
    path("deadlines/<uuid:reference>/give-back/", giving.give_back, name="give_back"),
    path("deadlines/<uuid:reference>/", giving.deadline_open, name="deadline_open"),
]
