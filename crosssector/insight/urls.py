"""Addresses of the team lead's pages."""

from django.urls import path

from crosssector.insight import views

urlpatterns = [
    path("team/", views.team_overview, name="team_overview"),
    path("team/residents/", views.resident_stock, name="resident_stock"),
    path("team/residents.xlsx", views.resident_stock_export, name="resident_stock_export"),
    path("team/residents/file/", views.resident_stock_ask, name="resident_stock_ask"),
    path("team/referrals/", views.waiting_referrals, name="waiting_referrals"),
    path("team/offers/", views.open_offers, name="open_offers"),
    path("team/handoffs/", views.team_handoffs, name="team_handoffs"),
    path("team/empty-homes/", views.empty_homes, name="empty_homes"),
]
