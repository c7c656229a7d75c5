"""What a choice changes: registered by the apps that own what is counted from it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from housingfirst.law.choices import Setting


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that is counted from the settings of some groups.

    `preview` says in one translated sentence what a new choice counts anew in the municipality,
    and "" when there is nothing to count. `apply` counts it, in the transaction of the choice; it
    may run twice. Both are asked with the municipality's id; the day is today's.
    """

    key: str
    groups: Collection[str]
    preview: Callable[[int], str]
    apply: Callable[[int, date], None]


_EFFECTS: dict[str, Effect] = {}


def register_effect(effect: Effect) -> None:
    """Register from AppConfig.ready."""
    _EFFECTS[effect.key] = effect


def effects_of(setting: Setting) -> list[Effect]:
    """What is counted anew when the setting changes, in the order the apps are installed."""
    return [effect for effect in _EFFECTS.values() if setting.group in effect.groups]
