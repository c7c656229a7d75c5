from django.urls import path

from cases.plans import views

CASE = "cases/<uuid:case_reference>/"

urlpatterns = [
    path(f"{CASE}plans/", views.plan_tab, name="plan_tab"),
    path(f"{CASE}plans/new/", views.plan_create, name="plan_create"),
    path(f"{CASE}plans/<uuid:plan_reference>/edit/", views.plan_edit, name="plan_edit"),
]
