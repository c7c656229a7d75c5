"""A match as it was when the offer was made, kept with the offer as JSON and read back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from housing.allocation.rules import (
    Criterion,
    Match,
    Must,
    Spread,
    State,
    Verdict,
    Want,
    WishAnswer,
)

AMOUNTS = frozenset({"rent", "ceiling", "excess", "reduced"})
"""Parameters that are kroner: text in JSON."""


def to_json(match: Match) -> dict[str, Any]:
    return {
        "verdict": match.verdict,
        "hard": [
            {"must": row.must, "state": row.state, "params": _plain(row.params)}
            for row in match.hard
        ],
        "wishes": [
            {"want": row.want, "is_met": row.is_met, "params": _plain(row.params)}
            for row in match.wishes
        ],
        "spread": (
            {"stairwell": match.spread.stairwell, "estate": match.spread.estate}
            if match.spread
            else None
        ),
    }


def from_json(data: Mapping[str, Any]) -> Match | None:
    """The match; None for an offer that was made without one (an import, demo data)."""
    if not data.get("hard"):
        return None
    hard = tuple(
        Criterion(Must(row["must"]), State(row["state"]), _rich(row["params"]))
        for row in data["hard"]
    )
    verdict = Verdict(data["verdict"])
    return Match(
        hard=hard,
        wishes=tuple(
            WishAnswer(Want(row["want"]), row["is_met"], _rich(row["params"]))
            for row in data["wishes"]
        ),
        verdict=verdict,
        changes=(
            tuple(row for row in hard if not row.is_met) if verdict == Verdict.WOULD_FIT_IF else ()
        ),
        spread=Spread(**data["spread"]) if data.get("spread") else None,
    )


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, Decimal) else value for key, value in params.items()
    }


def _rich(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Decimal(value) if key in AMOUNTS else value for key, value in params.items()}
