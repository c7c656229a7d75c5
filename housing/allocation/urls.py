"""Addresses of referrals, the waiting list, the allocation board and offers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
