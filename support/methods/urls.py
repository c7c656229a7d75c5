from django.urls import path

from support.methods import views

CASE = "cases/<uuid:case_reference>/support/decisions/"

urlpatterns = [
    path(f"{CASE}new/", views.decision_create, name="decision_create"),
    path(f"{CASE}hint/", views.decision_hint, name="decision_hint"),
    path(f"{CASE}<uuid:reference>/edit/", views.decision_edit, name="decision_edit"),
]
