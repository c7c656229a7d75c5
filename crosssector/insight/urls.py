"""Addresses of the team lead's pages."""

from django.urls import path

from crosssector.insight.views import alerts, handoffs, overview, residents, waiting

urlpatterns = [
    path("team/", overview.team_overview, name="team_overview"),
    path("team/residents/", residents.resident_stock, name="resident_stock"),
    path("team/residents.xlsx", residents.resident_stock_export, name="resident_stock_export"),
    path("team/residents/file/", residents.resident_stock_ask, name="resident_stock_ask"),
    path("team/referrals/", waiting.waiting_referrals, name="waiting_referrals"),
    path("team/offers/", waiting.open_offers, name="open_offers"),
    path("team/handoffs/", handoffs.team_handoffs, name="team_handoffs"),
    path("team/alerts/", alerts.alert_usefulness, name="alert_usefulness"),
    path("team/empty-homes/", waiting.empty_homes, name="empty_homes"),
]
