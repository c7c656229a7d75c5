from housing.allocation.views.board import allocation_board, offer_make
from housing.allocation.views.offers import (
    offer_accept,
    offer_decline,
    offer_detail,
    offer_list,
    offer_place,
    offer_withdraw,
)
from housing.allocation.views.referral import referral_edit
from housing.allocation.views.tab import (
    housing_tab,
    paper_receive,
    referral_again,
    referral_withdraw,
)
from housing.allocation.views.waiting import waiting_list

__all__ = [
    "allocation_board",
    "housing_tab",
    "offer_accept",
    "offer_decline",
    "offer_detail",
    "offer_list",
    "offer_make",
    "offer_place",
    "offer_withdraw",
    "paper_receive",
    "referral_again",
    "referral_edit",
    "referral_withdraw",
    "waiting_list",
]
