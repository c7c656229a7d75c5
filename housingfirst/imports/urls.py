from django.urls import path

from housingfirst.imports import views

app_name = "imports"

urlpatterns = [
    path("imports/", views.import_list, name="import_list"),
    path("imports/<slug:importer_key>/new/", views.import_create, name="import_create"),
    path("imports/<slug:importer_key>/sample/", views.import_sample, name="import_sample"),
    path("imports/<uuid:run_reference>/", views.import_detail, name="import_detail"),
    path("imports/<uuid:run_reference>/apply/", views.import_apply, name="import_apply"),
]
