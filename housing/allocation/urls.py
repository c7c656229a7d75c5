"""Addresses of referrals, the waiting list, the allocation board and offers."""

from django.urls import URLPattern, path

from housing.allocation import views

urlpatterns: list[URLPattern] = [
    path("allocation/", views.allocation_board, name="allocation_board"),
    path("waiting-list/", views.waiting_list, name="waiting_list"),
    path("vacancies/<uuid:reference>/offers/new/", views.offer_make, name="offer_make"),
    path("offers/", views.offer_list, name="offer_list"),
    path("offers/<uuid:reference>/", views.offer_detail, name="offer_detail"),
    path("offers/<uuid:reference>/accept/", views.offer_accept, name="offer_accept"),
    path("offers/<uuid:reference>/decline/", views.offer_decline, name="offer_decline"),
    path("offers/<uuid:reference>/withdraw/", views.offer_withdraw, name="offer_withdraw"),
    path("offers/<uuid:reference>/place/", views.offer_place, name="offer_place"),
    path("papers/<uuid:reference>/receive/", views.paper_receive, name="paper_receive"),
    path("cases/<uuid:case_reference>/home/", views.housing_tab, name="housing_tab"),
    path("cases/<uuid:case_reference>/referral/", views.referral_edit, name="referral_edit"),
    path(
        "cases/<uuid:case_reference>/referral/withdraw/",
        views.referral_withdraw,
        name="referral_withdraw",
    ),
    path(
        "cases/<uuid:case_reference>/referral/again/",
        views.referral_again,
        name="referral_again",
    ),
]
