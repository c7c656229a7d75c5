"""Writes about referrals, their papers and offers: one function for each act of a person."""

from housing.allocation.services.answers import (
    offer_accept,
    offer_decline,
    offer_withdraw,
    offers_expire,
)
from housing.allocation.services.offers import offer_make
from housing.allocation.services.referrals import (
    paper_receive,
    referral_again,
    referral_save,
    referral_send,
    referral_withdraw,
)
from housing.allocation.services.values import PaperValue, ReferralValues, values_of

__all__ = [
    "PaperValue",
    "ReferralValues",
    "offer_accept",
    "offer_decline",
    "offer_make",
    "offer_withdraw",
    "offers_expire",
    "paper_receive",
    "referral_again",
    "referral_save",
    "referral_send",
    "referral_withdraw",
    "values_of",
]
