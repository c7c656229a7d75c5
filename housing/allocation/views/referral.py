"""The housing referral: written over days, saved by itself, sent when the citizen wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access import case_for
from cases.casework.header import case_context
from cases.models import Case
from housing.allocation import order_wording, services
from housing.allocation.affordability import DEFAULT_ASSUMPTIONS
from housing.allocation.enums import ReferralStatus
from housing.allocation.errors import ReferralIsOpen
from housing.allocation.forms.referral import (
    ReferralForm,
    initial_of,
    referral_form,
    values_from,
)
from housing.allocation.models import HousingReferral
from housing.allocation.selectors import referral as selectors
from housing.allocation.views.referral_parts import area_buttons, paper_rows, toggled, typed
from housing.supply.models import Area
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError, StaleVersion
from housingfirst.base.http import Request, is_partial
from housingfirst.ui import conflict
from housingfirst.ui.forms.once import once

TOGGLE, ACT, SEND = "toggle", "act", "send"


@require_http_methods(["GET", "POST"])
def referral_edit(request: Request, case_reference: UUID) -> HttpResponse:
    """The open referral of the case, or a new one. Every change of a draft is saved by itself."""
    case = case_for(request.user, case_reference, Act.REFERRAL_WRITE)
    page = _Page.open(request, case)
    if request.method == "GET":
        return page.first()
    data = conflict.settled(page.form_class, request.POST, theirs=page.saved)
    if TOGGLE in data:
        data.setlist("areas", toggled(data.getlist("areas"), str(data[TOGGLE])))
    form = page.form_class(data)
    if TOGGLE in data and not page.is_draft:
        return page.shown(form)  # what was sent is changed by the button alone
    if not form.is_valid():
        return page.refused(form)
    try:
        return page.send(form) if data.get(ACT) == SEND else page.save(form)
    except StaleVersion as stale:
        return page.conflict(form, stale)
    except DomainError as error:
        form.add_error(None, str(error))
        return page.refused(form)


@dataclass(slots=True)
class _Page:
    """One request's view of the form: the case, its open referral, and who may be chosen."""

    request: Request
    case: Case
    known: selectors.Known
    referral: HousingReferral | None
    areas: list[Area]
    form_class: type[ReferralForm]
    today: date

    @classmethod
    def open(cls, request: Request, case: Case) -> _Page:
        today = timezone.localdate()
        known = selectors.known_of(case, today)
        areas = selectors.areas_of(case)
        people = selectors.people_for(case, request.user, known.referral, today)
        form_class = referral_form(areas, people)
        return cls(request, case, known, known.referral, areas, form_class, today)

    @property
    def saved(self) -> dict[str, Any]:
        return initial_of(self.referral) if self.referral else {}

    @property
    def is_draft(self) -> bool:
        return self.referral is None or self.referral.status == ReferralStatus.DRAFT

    @property
    def url(self) -> str:
        return reverse("housing:referral_edit", args=[self.case.reference])

    @property
    def tab_url(self) -> str:
        return reverse("housing:housing_tab", args=[self.case.reference])

    def first(self) -> HttpResponse:
        """The page as it is opened: what is saved, or what the case knows already."""
        if self.referral is not None:
            initial, sources = self.saved, {}
            proposed = selectors.rent_proposed(initial)
            if self.is_draft and initial["rent_max_dkk"] is None and proposed is not None:
                initial["rent_max_dkk"] = proposed
                sources = {"rent_max_dkk": _("worked out, can be changed")}
        else:
            earlier = initial_of(self.known.earlier) if self.known.earlier else {}
            filled = selectors.prefilled(self.known, earlier, self.today)
            initial, sources = filled.initial, filled.sources
        form = self.form_class(initial=initial)
        form.sources = sources
        return self.shown(form)

    def save(self, form: ReferralForm) -> HttpResponse:
        """Save by button, by an area, or by itself."""
        self._save(form)
        if is_partial(self.request):
            return self.shown(form)
        if not self.is_draft:
            messages.success(self.request, _("The referral is saved."))
            return redirect(self.tab_url)
        messages.success(self.request, _("The draft is saved."))
        return redirect(self.url)

    def send(self, form: ReferralForm) -> HttpResponse:
        with once(self.request) as sent:
            if sent.earlier is None:
                self._save(form)
                assert self.referral is not None
                services.referral_send(referral=self.referral, actor=self.request.user)
                sent.result = self.tab_url
        messages.success(
            self.request, _("The referral is sent. The wait counts, also while papers are missing.")
        )
        return redirect(sent.address)

    def _save(self, form: ReferralForm) -> None:
        seen = conflict.posted_version(form.data)
        values = values_from(form, self.referral, self.today)
        if self.referral is not None and self._saved_by_me(seen):
            seen = self.referral.version
        try:
            with transaction.atomic():
                saved = services.referral_save(
                    case=self.case,
                    values=values,
                    actor=self.request.user,
                    referral=self.referral,
                    version=seen if self.referral is not None else None,
                )
        except ReferralIsOpen:
            # Somebody began one while this form was empty: both are shown.
            current = selectors.open_referral(self.case, self.today)
            if current is None:
                raise
            raise StaleVersion(current) from None
        self.referral = selectors.open_referral(self.case, self.today) or saved

    def _saved_by_me(self, seen: int) -> bool:
        """Whether all that was saved since `seen` is my own: two saves on their way at once."""
        assert self.referral is not None
        since = self.referral.history.filter(version__gt=seen)
        return not since.exclude(history_user=self.request.user).exists()

    def refused(self, form: ReferralForm) -> HttpResponse:
        return self.shown(form, status=422)

    def conflict(self, form: ReferralForm, stale: StaleVersion) -> HttpResponse:
        if is_partial(self.request):
            return self.shown(form, status=409, is_stale=True)
        frame = case_context(self.request, self.case, "housing")
        return conflict.page(
            self.request,
            form=form,
            stale=stale,
            seen=conflict.posted_version(form.data),
            values_of=initial_of,
            title=_("Housing referral"),
            keep_url=self.url,
            citizen=self.case.citizen_id,
            context={"who": frame["who"], "tabs": frame["tabs"]},
        )

    def shown(
        self, form: ReferralForm, *, status: int = 200, is_stale: bool = False
    ) -> HttpResponse:
        """The page, or for htmx the parts that follow what is typed."""
        template = "housing/allocation/referral_edit.html"
        if is_partial(self.request):
            part = "#areas" if TOGGLE in form.data else "#draft-state"
            template += part
            context = self._parts(form) | {"is_stale": is_stale, "is_answer": True}
        else:
            log(self.request.user, LogAction.VIEWED, [self.case.citizen_id], what="referral")
            context = (
                case_context(self.request, self.case, "housing")
                | self._parts(form)
                | self._whole(form)
            )
        return render(self.request, template, context, status=status)

    def _parts(self, form: ReferralForm) -> dict[str, Any]:
        """What follows what is typed."""
        data = typed(form)
        gaps = selectors.gaps_of(data)
        version = conflict.posted_version(form.data) if form.is_bound and form.errors else None
        return {
            "form": form,
            "case": self.case,
            "url": self.url,
            "referral": self.referral,
            "is_draft": self.is_draft,
            "is_stale": False,
            "is_answer": False,
            "version": (
                version if version is not None else (self.referral.version if self.referral else 0)
            ),
            "areas": area_buttons(self.areas, data.get("areas") or []),
            "gaps": gaps,
            "gap_count": sum(gap.missing for gap in gaps),
            "steps": selectors.gap_steps(gaps),
            "left": selectors.left_over(data),
            "proposed": selectors.rent_proposed(data),
            "assumptions": DEFAULT_ASSUMPTIONS,
            "ceilings": selectors.ceilings(self.case, data, self.today),
        }

    def _whole(self, form: ReferralForm) -> dict[str, Any]:
        name = self.case.citizen.first_name
        return {
            "papers": paper_rows(form, self.referral),
            "urgency": order_wording.urgency_sentence(self.known.days_left, name),
            "filled": len(form.sources),
        }
