"""Days used of a limit, 96 x 10."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housingfirst.ui.figures.numbers import num

METER_WIDTH = 96
NEAR_LIMIT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Meter:
    """`width` of the fill, its class suffix, and the sentence a screen reader says.

    Whoever counts the days left and over by more than `used` and `limit` (the law's clock) gives
    them: then they are what is said.
    """

    used: int
    limit: int
    known_left: int | None = None
    known_over: int | None = None

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0) if self.known_left is None else self.known_left

    @property
    def over(self) -> int:
        return max(self.used - self.limit, 0) if self.known_over is None else self.known_over

    @property
    def is_over(self) -> bool:
        return self.over > 0

    @property
    def tone(self) -> str:
        if self.is_over:
            return "over"
        return "now" if self.left <= NEAR_LIMIT_DAYS else "use"

    @property
    def width(self) -> str:
        share = min(max(self.used, 0) / self.limit, 1.0) if self.limit > 0 else 1.0
        return num(share * METER_WIDTH)

    @property
    def text(self) -> str:
        words = _("%(used)d of %(limit)d days used") % {
            "used": self.used,
            "limit": self.limit,
        }
        if not self.is_over:
            return words
        over = ngettext("%(n)d over the limit", "%(n)d over the limit", self.over)
        return f"{words}, {over % {'n': self.over}}"

    @property
    def rest(self) -> str:
        """ "13 tilbage" or "24 over": the words beside the figure."""
        if self.is_over:
            return _("%(n)d over") % {"n": self.over}
        return _("%(n)d left") % {"n": self.left}
