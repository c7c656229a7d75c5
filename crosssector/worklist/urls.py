"""The worklist stands above the cases, but its addresses are the deadlines'."""

from django.urls import path

from crosssector.worklist.views import giving, outlets
from crosssector.worklist.views import worklist as views

app_name = "deadlines"

urlpatterns = [
    path("my-day/", views.my_day, name="my_day"),
    path("unit-day/", views.unit_day, name="unit_day"),
    path("my-day/outlets/", outlets.outlet_page, name="outlets"),
    path("my-day/outlets/calendar/", outlets.feed_make, name="feed_make"),
    path("my-day/outlets/calendar/end/", outlets.feed_revoke, name="feed_revoke"),
    path("my-day/outlets/mail/", outlets.digest_set, name="digest_set"),
    path("calendar/<str:token>.ics", outlets.calendar, name="calendar"),
    path("deadlines/<uuid:reference>/snooze/", views.snooze, name="snooze"),
    path("deadlines/<uuid:reference>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("deadlines/<uuid:reference>/wake/", views.wake, name="wake"),
    path("deadlines/<uuid:reference>/give/", giving.give, name="give"),
    path("deadlines/<uuid:reference>/give-back/", giving.give_back, name="give_back"),
    path("deadlines/<uuid:reference>/", giving.deadline_open, name="deadline_open"),
]
