"""Deadlines of a vacancy: name a tenant in time, and the rent the municipality pays until then.

They belong to no case, and stand with the municipality's allocators.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.core.cache import cache
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.allocation.models import Offer
from housing.supply import wording
from housing.supply.models import Vacancy
from housing.supply.rent import WEEK_DKK
from housingfirst.access.enums import Act, Permission, UnitKind
from housingfirst.access.models import Unit
from housingfirst.deadlines.kinds import (
    WAITS_FOR,
    DeadlineKind,
    as_text,
    in_unit,
    register_kind,
)
from housingfirst.deadlines.models import Deadline
from housingfirst.deadlines.services import refresh_kind
from housingfirst.ui import words

RENT: Final = "vacancy_rent"
TENANT: Final = "vacancy_answer"
BURST_S: Final = 2
"""Vacancies that change within so many seconds, as in an import, are brought up to date at once."""


def register() -> None:
    register_kind(
        DeadlineKind(
            key=TENANT,
            title=gettext_lazy("Name a tenant for a vacant dwelling"),
            why=gettext_lazy("%(place)s: %(rooms)s, %(rent)s. Reported vacant %(reported)s."),
            cost=gettext_lazy("Without an answer the organisation may let it to somebody else."),
            act=gettext_lazy("Find a tenant"),
            source=gettext_lazy("ABL § 59, stk. 1, and the agreement with the organisation"),
            is_statutory=False,
            loss=22,
            facts=_tenants,
            case_lookup="",
            url=_board_url,
            gate=in_unit(Act.OFFER_MAKE),
            warning_days=(3, 1),
            permission=Permission.HOUSING,
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=RENT,
            title="%(title)s",
            why=gettext_lazy("%(place)s: %(rooms)s, %(rent)s."),
            cost=gettext_lazy("The rent runs until the dwelling is let or given back."),
            act="%(act)s",
            source=gettext_lazy("ABL § 59, stk. 1, and § 63"),
            is_statutory=False,
            loss=35,
            facts=_rents,
            case_lookup="",
            url=_board_url,
            gate=in_unit(Act.OFFER_MAKE),
            warning_days=(7, 2),
            waits_for_others=True,
            permission=Permission.HOUSING,
            text_params=_words,
        )
    )


def refresh_vacancies(today: date) -> int:
    """Bring both kinds up to date; returns how many deadlines changed."""
    cache.delete(_KEY)
    found = [refresh_kind(key, today) for key in (TENANT, RENT)]
    return sum(changed.written + changed.closed for changed in found)


def is_first_of_burst() -> bool:
    """Whether nobody has asked for a refresh within the last BURST_S seconds."""
    return cache.add(_KEY, 1, BURST_S)


_KEY: Final = "vacancy_deadlines"


def _tenants(day: date) -> QuerySet[Any]:
    """Vacancies that nobody is offered: with an offer out, its answer is the deadline."""
    live = Offer.objects.live().filter(vacancy=OuterRef("pk"))
    rows: QuerySet[Any] = _open().filter(~Exists(live), answer_by__isnull=False)
    due: QuerySet[Any] = rows.annotate(
        fact_due_on=TruncDate("answer_by"),
        fact_due_at=F("answer_by"),
        fact_params=JSONObject(**_FACTS),
    )
    return due


def _rents(day: date) -> QuerySet[Any]:
    """Vacancies whose rent the municipality pays, or is to pay; an offer waits for its answer."""
    asked = Offer.objects.live().filter(vacancy=OuterRef("pk")).values("case__unit__name")[:1]
    due: QuerySet[Any] = (
        _open()
        .filter(vacancy_rent_from__isnull=False)
        .annotate(
            fact_due_on=F("vacancy_rent_from"),
            fact_weekly_cost_dkk=WEEK_DKK,
            fact_params=JSONObject(
                **_FACTS,
                day=as_text("vacancy_rent_from"),
                **{WAITS_FOR: Coalesce(Subquery(asked), Value(""))},
            ),
        )
    )
    return due


def _open() -> QuerySet[Any]:
    allocators = Unit.objects.filter(
        municipality=OuterRef("municipality"), kind=UnitKind.ALLOCATION
    ).order_by("pk")
    rows: QuerySet[Any] = Vacancy.objects.open().annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("municipality_id"),
        fact_unit_id=Subquery(allocators.values("pk")[:1]),
    )
    return rows.filter(fact_unit_id__isnull=False)


_FACTS: Final[Mapping[str, Any]] = {
    "number": F("dwelling__number"),
    "estate": F("dwelling__estate__name"),
    "organisation": F("dwelling__estate__unit__name"),
    "rooms": F("dwelling__rooms"),
    "rent": as_text("rent_dkk"),
    "reported": as_text("reported_on"),
}
"""No address: the dwelling may be offered to somebody whose address is protected."""


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    today = timezone.localdate()
    told = {
        "place": _("%(estate)s, %(organisation)s, no. %(number)s")
        % {name: params[name] for name in ("estate", "organisation", "number")},
        "rooms": wording.rooms(int(params["rooms"])),
        "rent": words.money(Decimal(params["rent"])),
        "reported": _day(params["reported"], today),
    }
    if "day" not in params:
        return told
    if params.get(WAITS_FOR):
        title, act = _("Vacancy rent from %(day)s: offered, waits for the answer"), _("See it")
    else:
        title, act = _("Vacancy rent from %(day)s: find a tenant"), _("Find a tenant")
    return told | {"title": title % {"day": _day(params["day"], today)}, "act": act}


def _day(text: str, today: date) -> str:
    return words.day(date.fromisoformat(text), today=today, weekday=False)


def _board_url(deadline: Deadline) -> str:
    return f"{reverse('housing:allocation_board')}?vacancy={deadline.object_key}"
