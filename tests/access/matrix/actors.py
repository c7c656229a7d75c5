"""Who asks: the columns of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ACTORS: Final[Mapping[str, str]] = {
    "adv": "adviser of the case's team",
    "sup": "support worker of the team",
    "hyb": "hybrid role in the team",
    "led": "team lead of the team",
    "ad2": "adviser of another team in the municipality",
    "le2": "team lead of that other team",
    "adX": "adviser of another municipality",
    "leX": "team lead of another municipality",
    "alc": "allocator of the municipality",
    "alX": "allocator of another municipality",
    "shs": "staff of the shelter where the citizen stays",
    "shl": "leader of that shelter",
    "sh2": "staff of a shelter where the citizen never was",
    "shE": "staff of the shelter that the citizen has left",
    "ben": "partner, benefits office: has the handoff",
    "job": "partner, job centre: was sent nothing",
    "hou": "partner, housing organisation: its dwelling is offered",
    "ho2": "partner, another housing organisation",
    "aud": "auditor",
    "adm": "administrator",
    "roo": "superuser without a membership",
    "lea": "leaver: was adviser of the team until yesterday",
    "blk": "adviser of the team, and a relative of the citizens (access block)",
    "sys": "the shelter's own system, with every scope",
    "syh": "the housing organisation's system, with every scope",
    "sy0": "the shelter's own system, with no scope",
    "ano": "nobody has logged in",
}
"""The code in the table's head, and who it is."""

SYSTEMS: Final = ("sys", "syh", "sy0")
"""Those who come with a token. To a page for people they are nobody."""
NOBODY: Final = "ano"
PEOPLE: Final = tuple(code for code in ACTORS if code not in SYSTEMS and code != NOBODY)

NO_CASES: Final = ("aud", "adm", "roo", "lea", "job", "sy0", "ano", "ho2")
"""Never reach anything of a citizen."""
ELSEWHERE: Final = ("ad2", "le2", "adX", "leX", "alX", "sh2")
"""Have work, but not with these citizens."""
PARTNERS: Final = ("ben", "job", "hou", "ho2", "syh")
