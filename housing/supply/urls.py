"""Addresses of vacancies, dwellings, estates and areas."""

from django.urls import URLPattern, path

from housing.supply import views

urlpatterns: list[URLPattern] = [
    path("vacancies/", views.vacancy_list, name="vacancy_list"),
    path("vacancies/new/", views.vacancy_report, name="vacancy_report"),
    path("vacancies/<uuid:reference>/", views.vacancy_detail, name="vacancy_detail"),
    path("vacancies/<uuid:reference>/edit/", views.vacancy_edit, name="vacancy_edit"),
    path("vacancies/<uuid:reference>/close/", views.vacancy_close, name="vacancy_close"),
    path("estates/", views.estate_list, name="estate_list"),
    path("estates/new/", views.estate_create, name="estate_create"),
    path("estates/<uuid:reference>/edit/", views.estate_edit, name="estate_edit"),
    path("areas/new/", views.area_create, name="area_create"),
    path("areas/<int:pk>/edit/", views.area_edit, name="area_edit"),
]
