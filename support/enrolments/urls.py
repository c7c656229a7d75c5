from django.urls import path

from support.enrolments import views

CASE = "cases/<uuid:case_reference>/support/"
COURSE = f"{CASE}enrolments/<uuid:reference>/"

urlpatterns = [
    path(
        f"{CASE}decisions/<uuid:reference>/enrolments/new/",
        views.enrolment_create,
        name="enrolment_create",
    ),
    path(f"{COURSE}phases/edit/", views.phase_edit, name="phase_edit"),
    path(f"{COURSE}worker/edit/", views.worker_edit, name="worker_edit"),
    path(f"{COURSE}end/", views.enrolment_end, name="enrolment_end"),
]
