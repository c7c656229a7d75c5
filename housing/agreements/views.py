"""The agreements with the housing organisations, and the turns that are counted by them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from housing.agreements import services
from housing.agreements.counting import groups_of
from housing.agreements.forms import AgreementForm
from housing.agreements.models import AllocationAgreement
from housing.agreements.wording import group_shown, soonest, terms_of, title_of
from housing.supply.access import require_act
from housing.supply.models import Estate
from housing.supply.selectors import organisations_of
from housingfirst.access.denied import Denied
from housingfirst.access.enums import Act
from housingfirst.access.models import Unit
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in the list: its counts together, and whose the next vacancies are.

    What one estate is owed is owed, whatever another has given beyond its share.
    """

    unit: Unit
    terms: str
    vacancies: int
    due: int
    received: int
    owed: int
    next: list[str]


@require_GET
def agreement_list(request: Request) -> HttpResponse:
    """Every housing organisation: what is agreed, what was due, what came, and whose turn it is."""
    require_act(request.user, Act.ESTATE_WRITE)
    today = timezone.localdate()
    units = list(organisations_of(request.user))
    found = groups_of([unit.pk for unit in units], today)
    rows = []
    for unit in units:
        groups = found[unit.pk]
        quarters = [group.quarter for group in groups]
        due, received = sum(q.due for q in quarters), sum(q.received for q in quarters)
        shares = sorted({q.every for q in quarters})
        rows.append(
            OrganisationRow(
                unit=unit,
                terms=", ".join(terms_of(every) for every in shares) or "–",
                vacancies=sum(len(q.turns) for q in quarters),
                due=due,
                received=received,
                owed=sum(max(q.balance, 0) for q in quarters),
                next=soonest(groups),
            )
        )
    return render(request, "housing/agreements/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def agreement_detail(request: Request, reference: UUID) -> HttpResponse:
    """One organisation: its turns with their reasons, what was agreed before, and a new one."""
    unit = _unit_for(request, reference)
    today = timezone.localdate()
    estates = _estates(unit)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        estates=estates,
        initial={"starts_on": today, "every": 4, "counted_before": 0},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.agreement_save(
                unit=unit,
                estate=values["estate"],
                starts_on=values["starts_on"],
                every=values["every"],
                counted_before=values["counted_before"] or 0,
                remark=values["remark"],
                actor=request.user,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The agreement with %(name)s is saved.") % {"name": unit})
            return redirect("housing:agreement_detail", unit.reference)
    groups = groups_of([unit.pk], today)[unit.pk]
    counted = [group for group in groups if group.quarter.turns or group.agreement]
    context = {
        "unit": unit,
        "form": form,
        "groups": [group_shown(group, today) for group in counted],
        "uncounted": [title_of(group) for group in groups if group not in counted],
        "agreements": [
            (agreement, terms_of(agreement.every))
            for agreement in AllocationAgreement.objects.filter(unit=unit)
            .select_related("estate", "made_by")
            .order_by("-starts_on", "-pk")
        ],
        "today": today,
        "reads_rules": request.user.may(Act.RULES_VIEW),
    }
    status = 422 if form.errors else 200
    return render(request, "housing/agreements/detail.html", context, status=status)


def _unit_for(request: Request, reference: UUID) -> Unit:
    """An organisation whose estates the user keeps. Raises Denied."""
    unit = organisations_of(request.user).filter(reference=reference).first()
    if unit is None:
        raise Denied("agreement")
    return unit


def _estates(unit: Unit) -> QuerySet[Estate]:
    return Estate.objects.filter(unit=unit).order_by("name", "pk")
