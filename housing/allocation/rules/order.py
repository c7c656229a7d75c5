"""Who is offered a home first."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from housing.allocation.enums import Urgency

NEAR_LIMIT_DAYS: Final = 14
"""Fewer refund days left than this puts a citizen in the group that is offered a home first."""


class Group(IntEnum):
    """Who is offered a home first; within a group the longest wait goes first."""

    OVER = 0
    NEAR_LIMIT = 1
    URGENT = 2
    ORDINARY = 3


def group_of(days_left: int | None, urgency: Urgency) -> Group:
    """The group of a referral. `days_left` are refund days after today: below 0 over the limit,
    None without a running shelter stay."""
    if days_left is not None and days_left < 0:
        return Group.OVER
    if days_left is not None and days_left < NEAR_LIMIT_DAYS:
        return Group.NEAR_LIMIT
    return Group.URGENT if urgency == Urgency.URGENT else Group.ORDINARY
