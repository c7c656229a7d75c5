"""Addresses of residents, stays, notices, beds and the reimbursement clock."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
