"""The deadlines of arrears: the tenant's days to pay, the municipality's help, a roof at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Case as SqlCase
from django.db.models import F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, JSONObject, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.evictions.models import RentArrears
from housingfirst.access.enums import Act, Permission
from housingfirst.deadlines.kinds import DeadlineKind, as_text, on_case, register_kind
from housingfirst.deadlines.models import Deadline
from housingfirst.law.eviction import EVICTION_TERMS
from housingfirst.lawbook.expressions import days_after
from housingfirst.ui import words

PAY: Final = "arrears_pay"
HELP: Final = "eviction_help"
DECIDE: Final = "eviction_decide"
ROOF: Final = "eviction_roof"


def register() -> None:
    register_kind(
        DeadlineKind(
            key=PAY,
            title=_("Help the tenant to pay the rent in arrears"),
            why=_("The landlord's demand is from %(day)s, and the tenant has 14 days."),
            cost=_("Unpaid after that, the landlord may end the lease: the home is lost."),
            act=_("See the arrears"),
            source=_("ALL § 90, stk. 2"),
            is_statutory=True,
            loss=10,
            facts=_unpaid,
            case_lookup="tenancy__case",
            url=_url,
            gate=on_case(Act.ARREARS_WRITE),
            warning_days=(11, 4),
            permission=Permission.HOUSING,
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=HELP,
            title=_("Consider help against the eviction, at once"),
            why="%(why)s",
            cost=_("Without help the bailiff court can evict: the home is lost."),
            act=_("Decide on help"),
            source=_("RSL § 5 a, stk. 1"),
            is_statutory=True,
            loss=5,
            facts=_to_consider,
            case_lookup="tenancy__case",
            url=_url_decide,
            gate=on_case(Act.SUPPORT_DECIDE),
            warning_days=(0,),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=DECIDE,
            title=_("Decide on help against the eviction"),
            why=_("The bailiff court's notice came on %(day)s: no ground for help is a decision."),
            cost=_("The court can go on without our answer, and the home is lost."),
            act=_("Decide on help"),
            source=_("RSL § 5 a, stk. 2"),
            is_statutory=True,
            loss=5,
            facts=_to_decide,
            case_lookup="tenancy__case",
            url=_url_decide,
            gate=on_case(Act.SUPPORT_DECIDE),
            warning_days=(7, 2),
            text_params=_words,
        )
    )
    register_kind(
        DeadlineKind(
            key=ROOF,
            title=_("Give a roof after the eviction, at once"),
            why=_("Evicted on %(day)s, and no roof is registered."),
            cost=_("Without one the citizen sleeps in the street."),
            act=_("See the arrears"),
            source=_("SEL § 80"),
            is_statutory=True,
            loss=1,
            facts=_without_roof,
            case_lookup="tenancy__case",
            url=_url,
            gate=on_case(Act.ARREARS_WRITE),
            warning_days=(0,),
            text_params=_words,
        )
    )


def _rows(rows: QuerySet[RentArrears], **facts: Any) -> QuerySet[Any]:
    due: QuerySet[Any] = rows.filter(tenancy__case__unit__isnull=False).annotate(
        fact_object_key=as_text("reference"),
        fact_municipality_id=F("tenancy__case__municipality_id"),
        fact_unit_id=F("tenancy__case__unit_id"),
        fact_person_id=F("tenancy__case__adviser_id"),
        fact_case_id=F("tenancy__case_id"),
        **facts,
    )
    return due


def _params(day: Any, **more: Any) -> JSONObject:
    return JSONObject(arrears=as_text("reference"), day=as_text(day), **more)


def _unpaid(day: date) -> QuerySet[Any]:
    """Until it is paid, or the landlord has gone on: then other days count. A lease that has ended
    cannot be lost any more.
    """
    rows = RentArrears.objects.open().filter(
        tenancy__ends_on__isnull=True,
        demanded_on__isnull=False,
        paid_on__isnull=True,
        terminated_on__isnull=True,
        filed_on__isnull=True,
        court_told_on__isnull=True,
    )
    days = Value(EVICTION_TERMS.on(day).value.demand_days)
    return _rows(
        rows,
        fact_due_on=days_after(F("demanded_on"), days),
        fact_params=_params("demanded_on"),
    )


def _to_consider(day: date) -> QuerySet[Any]:
    """Heard of by a notice, with a child or a likely need, and nothing found yet."""
    rows = RentArrears.objects.open().filter(
        Q(municipality_told_on__isnull=False) | Q(court_told_on__isnull=False),
        Q(has_child=True) | Q(need_likely=True),
        considered_on__isnull=True,
    )
    heard_on = Least(
        Coalesce("municipality_told_on", "court_told_on"),
        Coalesce("court_told_on", "municipality_told_on"),
    )
    child = SqlCase(When(has_child=True, then=Value("yes")), default=Value(""))
    return _rows(
        rows,
        fact_due_on=heard_on,
        fact_params=_params(heard_on, child=child),
    )


def _to_decide(day: date) -> QuerySet[Any]:
    """The court has told, and there is neither help nor a refusal of it."""
    rows = RentArrears.objects.open().filter(
        Q(has_child=True) | Q(need_likely=True),
        court_told_on__isnull=False,
        helped_on__isnull=True,
        declined_on__isnull=True,
    )
    days = Value(EVICTION_TERMS.on(day).value.decision_days)
    return _rows(
        rows,
        fact_due_on=days_after(F("court_told_on"), days),
        fact_params=_params("court_told_on"),
    )


def _without_roof(day: date) -> QuerySet[Any]:
    rows = RentArrears.objects.filter(evicted_on__isnull=False, sheltered_on__isnull=True)
    return _rows(
        rows.filter(tenancy__case__closed_on__isnull=True),
        fact_due_on=F("evicted_on"),
        fact_params=_params("evicted_on"),
    )


def _words(params: Mapping[str, Any]) -> Mapping[str, Any]:
    day = date.fromisoformat(params["day"])
    facts = {"day": words.day(day, today=timezone.localdate(), weekday=False)}
    if "child" not in params:
        return facts
    why = (
        gettext("Notice of the eviction case came on %(day)s, and a child under 18 lives there.")
        if params["child"]
        else gettext("Notice of the eviction case came on %(day)s, and a need for help is likely.")
    )
    return facts | {"why": why % facts}


def _url(deadline: Deadline) -> str:
    return reverse("housing:arrears", args=[deadline.params["arrears"]])


def _url_decide(deadline: Deadline) -> str:
    return reverse("housing:arrears_decide", args=[deadline.params["arrears"]])
