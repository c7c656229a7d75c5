"""A municipality's choice inside SQL: for facts of deadlines, which load no row."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, DateField, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, JSONObject

from housingfirst.law.choices import SETTINGS, YES, written
from housingfirst.lawbook.models import MunicipalChoice


def chosen_number(key: str, *, municipality: str) -> Coalesce:
    """The number a row's municipality has chosen for a setting, or its default.

    `municipality` is the path from the queryset's model to the municipality. Raises KeyError for
    an unknown setting, and TypeError for one that is no number.
    """
    default = SETTINGS[key].default
    if not isinstance(default, int) or isinstance(default, bool):
        raise TypeError(f"{key} is no number")
    return Coalesce(Cast(_newest(key, municipality), IntegerField()), default)


def chosen_yes(key: str, *, municipality: str) -> Func:
    """Whether a row's municipality has chosen yes for a setting, or its default is yes.

    Raises KeyError for an unknown setting, and TypeError for one that is not yes or no.
    """
    default = SETTINGS[key].default
    if not isinstance(default, bool):
        raise TypeError(f"{key} is not yes or no")
    return Func(
        Coalesce(_newest(key, municipality), Value(written(default))),
        Value(YES),
        template="(%(expressions)s)",
        arg_joiner=" = ",
        output_field=BooleanField(),
    )


def all_chosen(municipality: str) -> ArraySubquery:
    """What a row's municipality has chosen: of each setting the newest key and value, as JSON."""
    made = MunicipalChoice.objects.filter(municipality=OuterRef(municipality))
    newest = made.order_by("key", "-pk").distinct("key")
    return ArraySubquery(newest.values(json=JSONObject(key="key", value="value")))


def _newest(key: str, municipality: str) -> Subquery:
    """The text that was chosen last."""
    newest = MunicipalChoice.objects.filter(municipality=OuterRef(municipality), key=key)
    return Subquery(newest.order_by("-pk").values("value")[:1])


def days_before(day: str | Combinable, days: Combinable) -> Func:
    """The date so many days before a date; both are expressions."""
    return _shifted(day, days, " - ")


def days_after(day: str | Combinable, days: Combinable) -> Func:
    """The date so many days after a date; both are expressions."""
    return _shifted(day, days, " + ")


def _shifted(day: str | Combinable, days: Combinable, sign: str) -> Func:
    """A day less an interval is a moment in PostgreSQL: it is made a date first."""
    return Func(
        Cast(day, DateField()),
        days,
        template="(%(expressions)s)",
        arg_joiner=sign,
        output_field=DateField(),
    )
