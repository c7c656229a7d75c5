from django.urls import path

from housing.waitlists import views

LISTS = "cases/<uuid:case_reference>/home/waitlists/"

urlpatterns = [
    path(LISTS, views.waitlists, name="waitlists"),
    path(f"{LISTS}decline/", views.waitlist_decline, name="waitlist_decline"),
    path(f"{LISTS}<uuid:reference>/leave/", views.waitlist_leave, name="waitlist_leave"),
]
