"""What a locked quarter should have been, held against what was claimed: pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from crosssector.reimbursement.enums import Change
from housingfirst.law.money import whole_oere

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """Days [starts_on, ends_on) of one stay that were or are claimed alike."""

    starts_on: date
    ends_on: date
    rate_dkk: Decimal
    payment_dkk: Decimal
    share: Decimal
    is_refundable: bool
    reason: str

    @property
    def net_dkk(self) -> Decimal:
        return max(self.rate_dkk - self.payment_dkk, Decimal(0))

    @property
    def per_day_dkk(self) -> Decimal:
        """The refund of a day, not rounded."""
        return self.net_dkk * self.share if self.is_refundable else Decimal(0)

    def stored(self) -> Json:
        return {
            "rate": str(self.rate_dkk),
            "pay": str(self.payment_dkk),
            "share": str(self.share),
            "refundable": self.is_refundable,
            "reason": self.reason,
        }


def piece_of(starts_on: date, ends_on: date, stored: Json) -> Piece:
    """What `Piece.stored` gave, for these days."""
    return Piece(
        starts_on=starts_on,
        ends_on=ends_on,
        rate_dkk=Decimal(stored["rate"]),
        payment_dkk=Decimal(stored["pay"]),
        share=Decimal(stored["share"]),
        is_refundable=stored["refundable"],
        reason=stored["reason"],
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """Days [starts_on, ends_on) that were claimed as `was` and should have been as `now`.

    `days` are refundable days added or taken away, 0 when only the price differs.
    """

    starts_on: date
    ends_on: date
    was: Piece | None
    now: Piece | None
    net_cost_dkk: Decimal
    amount_dkk: Decimal

    @property
    def days(self) -> int:
        length = (self.ends_on - self.starts_on).days
        before = self.was is not None and self.was.is_refundable
        after = self.now is not None and self.now.is_refundable
        return length * (after - before)


def overlaid(
    claimed: Iterable[Piece], starts_on: date, ends_on: date, now: Piece | None
) -> list[Piece]:
    """The pieces with [starts_on, ends_on) as `now`, or taken away."""
    result: list[Piece] = []
    for piece in claimed:
        if piece.ends_on <= starts_on or piece.starts_on >= ends_on:
            result.append(piece)
            continue
        if piece.starts_on < starts_on:
            result.append(_cut(piece, piece.starts_on, starts_on))
        if piece.ends_on > ends_on:
            result.append(_cut(piece, ends_on, piece.ends_on))
    if now is not None:
        result.append(_cut(now, starts_on, ends_on))
    return sorted(result, key=lambda piece: piece.starts_on)


def differences(
    was: Sequence[Piece], now: Sequence[Piece], *, total_dkk: Decimal
) -> list[Difference]:
    """Every run of days of one stay on which the refund differs.

    `total_dkk` is the difference of the sums as they were rounded: the last run carries what
    rounding leaves, so that claim and adjustments add up to the øre.
    """
    edges = sorted({edge for piece in (*was, *now) for edge in (piece.starts_on, piece.ends_on)})
    found: list[Difference] = []
    for first, end in pairwise(edges):
        before, after = _on(was, first), _on(now, first)
        if _refund(before) == _refund(after) and _days(before) == _days(after):
            continue
        last = found[-1] if found else None
        if last and last.ends_on == first and _same(last.was, before) and _same(last.now, after):
            found[-1] = _difference(last.starts_on, end, before, after)
        else:
            found.append(_difference(first, end, before, after))
    if found:
        rest = total_dkk - sum((one.amount_dkk for one in found), Decimal(0))
        last = found[-1]
        found[-1] = Difference(
            last.starts_on,
            last.ends_on,
            last.was,
            last.now,
            last.net_cost_dkk,
            last.amount_dkk + rest,
        )
    return found


def changes(was: Json | None, now: Json, reference: str) -> list[Json]:
    """Why the lines of a stay differ: which facts changed, with what they were and are."""
    before = {} if was is None else {stay["ref"]: stay for stay in was["stays"]}
    after = {stay["ref"]: stay for stay in now["stays"]}
    if reference not in before:
        return [{"code": Change.STAY_ADDED}]
    if reference not in after:
        return [{"code": Change.STAY_REMOVED}]
    one, other = before[reference], after[reference]
    found = [
        {"code": code, "was": one[key], "now": other[key]}
        for key, code in (
            ("from", Change.ADMITTED),
            ("to", Change.DISCHARGED),
            ("rate", Change.RATE),
            ("pay", Change.PAYMENT),
        )
        if one[key] != other[key]
    ]
    if one["periods"] != other["periods"] and not found:
        found.append({"code": Change.RATE})
    if one["away"] != other["away"]:
        found.append({"code": Change.ABSENCE})
    if one.get("registered", other["registered"]) != other["registered"]:
        was_on, now_on = one["registered"], other["registered"]
        found.append({"code": Change.REGISTERED, "was": was_on, "now": now_on})
    if not found:
        is_elsewhere = was is not None and was["used"] != now["used"]
        found.append({"code": Change.ELSEWHERE if is_elsewhere else Change.OTHER_STAY})
    return found


def support_changes(was: Json | None, now: Json, reference: str) -> list[Json]:
    """Why the refund of a support decision differs."""
    before = {} if was is None else {one["ref"]: one for one in was["support"]}
    after = {one["ref"]: one for one in now["support"]}
    if reference in before and before[reference] == after.get(reference):
        return [{"code": Change.OTHER_STAY}]
    return [{"code": Change.SUPPORT}]


def _difference(first: date, end: date, was: Piece | None, now: Piece | None) -> Difference:
    days = (end - first).days
    return Difference(
        starts_on=first,
        ends_on=end,
        was=was,
        now=now,
        net_cost_dkk=whole_oere(days * _net(now)) - whole_oere(days * _net(was)),
        amount_dkk=whole_oere(days * _refund(now)) - whole_oere(days * _refund(was)),
    )


def _on(pieces: Sequence[Piece], day: date) -> Piece | None:
    return next((piece for piece in pieces if piece.starts_on <= day < piece.ends_on), None)


def _refund(piece: Piece | None) -> Decimal:
    return Decimal(0) if piece is None else piece.per_day_dkk


def _days(piece: Piece | None) -> bool:
    return piece is not None and piece.is_refundable


def _net(piece: Piece | None) -> Decimal:
    """Of refundable days: what an adjustment changes is the cost that is claimed."""
    return piece.net_dkk if piece is not None and piece.is_refundable else Decimal(0)


def _same(one: Piece | None, other: Piece | None) -> bool:
    return (None if one is None else one.stored()) == (None if other is None else other.stored())


def _cut(piece: Piece, starts_on: date, ends_on: date) -> Piece:
    return Piece(
        starts_on,
        ends_on,
        piece.rate_dkk,
        piece.payment_dkk,
        piece.share,
        piece.is_refundable,
        piece.reason,
    )
