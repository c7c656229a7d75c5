from django.urls import path

from support.visits import views

urlpatterns = [
    path("support/today/", views.today, name="today"),
    path("visits/", views.visit_list, name="visit_list"),
    path("cases/<uuid:case_reference>/visits/new/", views.visit_create, name="visit_create"),
]
