"""Six steps to a home as dots."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

StepState = Literal["done", "now", "open"]


@dataclass(frozen=True, slots=True)
class PathStep:
    name: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    state: StepState
    tick: str


def path_dots(steps: Sequence[PathStep]) -> tuple[int, list[Dot], str]:
    """Width, dots, and the sentence: "3 af 6 skridt taget, nu: Tilbud"."""
    dots = [
        Dot(x=8 + 17 * at, state=step.state, tick=f"M{5 + 17 * at} 8l2.2 2.4l4-5")
        for at, step in enumerate(steps)
    ]
    done = sum(step.state == "done" for step in steps)
    text = _("%(done)d of %(all)d steps taken") % {"done": done, "all": len(steps)}
    now = next((step.name for step in steps if step.state == "now"), "")
    if now:
        text = _("%(steps)s, now: %(step)s") % {"steps": text, "step": now}
    return 17 * len(steps) + 2, dots, text
