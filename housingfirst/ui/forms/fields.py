"""Form fields that read what people type and answer with a sentence saying what to write."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housingfirst.ui import words
from housingfirst.ui.forms.amounts import parse_amount
from housingfirst.ui.forms.days import Prefer, parse_day, parse_moment
from housingfirst.ui.forms.text import clean_line, clean_text
from housingfirst.ui.forms.widgets import DayInput, LongText, MomentInput

LINE_LENGTH = 200
TEXT_LENGTH = 5_000


class _Limited(forms.CharField):
    """Text with a limit told in a sentence; the browser never cuts off what was pasted."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs

    def run_validators(self, value: Any) -> None:
        if self.max_length is not None and value and len(value) > self.max_length:
            raise ValidationError(
                _("The text is %(length)s characters; there is room for %(limit)s. Shorten it.")
                % {"length": words.number(len(value)), "limit": words.number(self.max_length)},
                code="max_length",
            )
        super().run_validators(value)


class LineField(_Limited):
    """One line of text."""

    def __init__(self, *, max_length: int = LINE_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(str(value)) if value is not None else value) or ""


class TextField(_Limited):
    """Several lines of text."""

    widget = LongText

    def __init__(self, *, max_length: int = TEXT_LENGTH, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_text(str(value)) if value is not None else value) or ""


class EmailField(forms.EmailField):
    default_error_messages = {
        "invalid": gettext_lazy("Write an e-mail address, for example name@example.dk.")
    }

    def to_python(self, value: Any) -> str:
        return super().to_python(clean_line(str(value)) if value is not None else value) or ""


class MoneyField(forms.Field):
    """Danish kroner: "8.900", "8.900,50", "kr. 8.900"; a Decimal with two decimals, or None."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": gettext_lazy("Write an amount in kroner, for example 8.900."),
        "min_value": gettext_lazy("The amount must be %(limit)s or more."),
        "max_value": gettext_lazy("The amount must be %(limit)s or less."),
    }

    def __init__(
        self,
        *,
        min_dkk: Decimal | int | None = 0,
        max_dkk: Decimal | int = Decimal("9999999999.99"),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.min_dkk = min_dkk
        self.max_dkk = max_dkk

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return words.money(value) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values or not str(value).strip():
            return None
        amount = parse_amount(str(value), english=words.language() == "en")
        if amount is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        self._check_limits(amount)
        return amount.quantize(Decimal("0.01"))

    def _check_limits(self, amount: Decimal) -> None:
        if self.min_dkk is not None and amount < self.min_dkk:
            raise ValidationError(
                self.error_messages["min_value"] % {"limit": words.money(self.min_dkk)},
                code="min_value",
            )
        if amount > self.max_dkk:
            raise ValidationError(
                self.error_messages["max_value"] % {"limit": words.money(self.max_dkk)},
                code="max_value",
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _has_changed(self, initial, data)


class WholeNumberField(forms.Field):
    """A whole number between two bounds, both included; an int, or None."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": gettext_lazy("Write a whole number from %(min)s to %(max)s.")
    }

    def __init__(self, *, min_value: int = 0, max_value: int = 9_999, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_value = min_value
        self.max_value = max_value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or not str(value).strip():
            return None
        digits = clean_line(str(value)).replace(".", "").replace(" ", "")
        plain = digits.removeprefix("-")
        # Longer than any bound can be: not worth turning into a number.
        if not (plain.isascii() and plain.isdigit() and len(plain) <= 18):
            raise self._invalid()
        number = int(digits)
        if not self.min_value <= number <= self.max_value:
            raise self._invalid()
        return number

    def _invalid(self) -> ValidationError:
        limits = {"min": words.number(self.min_value), "max": words.number(self.max_value)}
        return ValidationError(self.error_messages["invalid"] % limits, code="invalid")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _has_changed(self, initial, data)


class DayField(forms.Field):
    """A day as people type it (`days.parse_day`); a date, or None.

    `prefer` completes a missing year: "near" today, "past" (birth, admission), "future" (deadline).
    `earliest` and `latest`, both included, may be days or functions giving one.
    """

    widget = DayInput
    default_error_messages = {
        "invalid": gettext_lazy(
            "The date cannot be read. Write it as 17-11-2026; 17/11, tomorrow and +14 also work."
        ),
        "earliest": gettext_lazy("The date is too early. Write %(day)s or later."),
        "latest": gettext_lazy("The date is too late. Write %(day)s or earlier."),
    }

    def __init__(
        self,
        *,
        prefer: Prefer = "near",
        earliest: date | Callable[[], date] | None = None,
        latest: date | Callable[[], date] | None = None,
        today: Callable[[], date] = timezone.localdate,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.prefer: Prefer = prefer
        self.earliest = earliest
        self.latest = latest
        self.today = today

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            value = timezone.localtime(value).date()
        return words.day_as_typed(value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        text = clean_line(str(value)) if value is not None else ""
        if not text:
            return None
        # Nobody writes a date in more than forty characters; long input is not worth a parser.
        day = parse_day(text, today=self.today(), prefer=self.prefer) if len(text) <= 40 else None
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        self._check_limits(day)
        return day

    def _check_limits(self, day: date) -> None:
        for code, limit in (("earliest", self.earliest), ("latest", self.latest)):
            bound = limit() if callable(limit) else limit
            if bound and (day < bound if code == "earliest" else day > bound):
                typed = {"day": words.day_as_typed(bound)}
                raise ValidationError(self.error_messages[code] % typed, code=code)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _has_changed(self, initial, data)


class MomentField(forms.Field):
    """A day and a time of day as people type them; an aware datetime, or None."""

    widget = MomentInput
    default_error_messages = {
        "invalid": gettext_lazy(
            "The day and time cannot be read. Write them as 17-11-2026 kl. 11.12; now also works."
        ),
        "skipped": gettext_lazy("The clocks skip this hour on that day. Choose another time."),
    }

    def __init__(
        self,
        *,
        prefer: Prefer = "near",
        now: Callable[[], datetime] = timezone.localtime,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.prefer: Prefer = prefer
        self.now = now

    def prepare_value(self, value: Any) -> Any:
        return words.moment_as_typed(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime):
            return value
        text = clean_line(str(value)) if value is not None else ""
        if not text:
            return None
        naive = None
        if len(text) <= 60:
            naive = parse_moment(text, now=self.now(), prefer=self.prefer)
        if naive is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        aware = timezone.make_aware(naive)
        # An hour that the clocks skip comes back from UTC as another one.
        if (
            timezone.localtime(aware.astimezone(timezone.get_fixed_timezone(0))).replace(
                tzinfo=None
            )
            != naive
        ):
            raise ValidationError(self.error_messages["skipped"], code="skipped")
        return aware

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _has_changed(self, initial, data)


def _has_changed(field: forms.Field, initial: Any, data: Any) -> bool:
    """Compared by meaning: "17/11" is the same day as "17-11-2026"."""
    if field.disabled:
        return False
    try:
        return bool(field.to_python(initial) != field.to_python(data))
    except ValidationError:
        return True
