from django.urls import path

from support.milestones import views

urlpatterns = [
    path(
        "cases/<uuid:case_reference>/support/enrolments/<uuid:reference>/milestones/<str:kind>/",
        views.milestone_hold,
        name="milestone_hold",
    ),
]
