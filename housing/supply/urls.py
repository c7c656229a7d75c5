"""Addresses of vacancies, dwellings, estates and areas."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
