"""Notices: the shelter sends them, the municipality answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import may_on
from cases.casework.header import CPR_MASK
from cases.citizens.services import cpr_reveal
from housing.shelters import services
from housing.shelters.access import may_at, notice_for
from housing.shelters.enums import ActingAnswer, NoticeKind
from housing.shelters.forms import AnswerForm, ReaddressForm, ReceiptForm
from housing.shelters.letters import notice_context
from housing.shelters.models import Notice
from housing.shelters.selectors import notices as selectors
from housing.shelters.selectors.notices import CONDITIONS, LABELS, Line, State
from housing.shelters.selectors.shelters import chosen, shelters_of, unregistered
from housing.shelters.views.shelters import tells_of_none
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.errors import DomainError
from housingfirst.base.http import Request
from housingfirst.ui.conflict import posted_version
from housingfirst.ui.parts import Filter
from housingfirst.ui.pdf import pdf_response, render_pdf


@require_GET
@tells_of_none
def notice_list(request: Request) -> HttpResponse:
    """The shelter's notices: what must be sent first, then what is waited for."""
    if not request.user.may(Act.STAY_VIEW):
        raise PermissionDenied
    shelters = shelters_of(request.user)
    shelter = chosen(shelters, request.GET.get("shelter", ""))
    today = timezone.localdate()
    notices = selectors.of_shelter(request.user, shelter)
    state = _state(request, (State.UNSENT, State.WAITING, State.REFUSED, State.DONE))
    counts = selectors.counts(notices, (State.UNSENT, State.WAITING, State.REFUSED))
    page = selectors.page(
        notices.filter(CONDITIONS[state]),
        today,
        after=request.GET.get("after", ""),
        by="newest" if state is State.DONE else "due",
    )
    log(request.user, LogAction.LISTED, _citizens(page.lines), what="notice_list")
    context = {
        "shelter": shelter,
        "shelters": shelters,
        "unregistered": unregistered(request.user, shelters),
        "page": page,
        "state": state.value,
        "filters": _filters(request, counts, state, with_done=True),
        "older": _older(request, page.after),
        "desk": selectors.desk_of(request.user, shelter, today),
    }
    return render(request, "housing/shelters/notice_list.html", context)


@require_GET
def notice_inbox(request: Request) -> HttpResponse:
    """What shelters have told the municipality: what waits for an answer first."""
    if not request.user.may(Act.NOTICE_ACKNOWLEDGE):
        raise PermissionDenied
    today = timezone.localdate()
    notices = selectors.inbox(request.user)
    state = _state(request, (State.WAITING, State.DONE))
    conditions = CONDITIONS[state]
    if state is State.DONE:
        conditions |= CONDITIONS[State.REFUSED]
    page = selectors.page(
        notices.filter(conditions),
        today,
        after=request.GET.get("after", ""),
        by="newest" if state is State.DONE else "due",
        is_inbox=True,
    )
    log(request.user, LogAction.LISTED, _citizens(page.lines), what="notice_inbox")
    context = {
        "page": page,
        "state": state.value,
        "filters": _filters(
            request, selectors.counts(notices, (State.WAITING,)), state, with_done=True
        ),
        "older": _older(request, page.after),
    }
    return render(request, "housing/shelters/notice_inbox.html", context)


@require_POST
def notice_send(request: Request, reference: UUID) -> HttpResponse:
    """Sent again, it stays sent: the second press sees what the first did."""
    notice = _own(request, reference)
    services.notice_send(notice=notice, actor=request.user)
    log(request.user, LogAction.CHANGED, [notice.stay.citizen_id], what="notice_send")
    said = {"municipality": notice.municipality.name}
    messages.success(request, _("The notice to %(municipality)s is sent.") % said)
    if request.POST.get("back") == "residents":
        url = reverse("housing:resident_list")
        return redirect(f"{url}?shelter={notice.stay.shelter.reference}")
    return redirect(f"{reverse('housing:notice_list')}?shelter={notice.stay.shelter.reference}")


@require_http_methods(["GET", "POST"])
def notice_acknowledge(request: Request, reference: UUID) -> HttpResponse:
    """The answer: on the inbox for most, here with a remark, and here again with errors."""
    notice = notice_for(request.user, reference)
    if not may_answer(request, notice):
        raise PermissionDenied
    is_admission = notice.kind == NoticeKind.ADMISSION
    form_class = AnswerForm if is_admission else ReceiptForm
    form = form_class(
        request.POST if request.method == "POST" else None,
        initial={
            "answer": request.GET.get("answer", ""),
            "remark": request.GET.get("remark", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.notice_acknowledge(
                notice=notice,
                answer=ActingAnswer(form.cleaned_data["answer"]) if is_admission else None,
                remark=form.cleaned_data["remark"],
                actor=request.user,
                version=posted_version(request.POST),
            )
        except DomainError as error:
            notice.refresh_from_db()
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [notice.stay.citizen_id], what="notice_answer")
            messages.success(request, _("The shelter sees the answer now."))
            return redirect(_back(request, notice))
    return _notice_page(request, notice, form, "housing/shelters/notice_acknowledge.html")


@require_http_methods(["GET", "POST"])
def notice_readdress(request: Request, reference: UUID) -> HttpResponse:
    """After a "no": which municipality it is instead."""
    notice = _own(request, reference)
    form = ReaddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.notice_readdress(
                notice=notice,
                municipality=form.cleaned_data["municipality"],
                actor=request.user,
            )
        except DomainError as error:
            notice = _own(request, reference)
            form.add_error(None, str(error))
        else:
            log(request.user, LogAction.CHANGED, [notice.stay.citizen_id], what="notice_readdress")
            messages.success(request, _("The notice is ready to be sent there."))
            return redirect("housing:notice_list")
    return _notice_page(request, notice, form, "housing/shelters/notice_readdress.html")


@require_GET
def notice_letter(request: Request, reference: UUID) -> HttpResponse:
    """The notice on paper. It shows the CPR number, so it is logged as revealed and printed."""
    notice = notice_for(request.user, reference)
    if not request.user.may(Act.CPR_REVEAL):
        raise PermissionDenied
    citizen = notice.stay.citizen
    cpr = _cpr(request, notice)
    log(request.user, LogAction.PRINTED, [citizen.pk], what="notice", detail="cpr, place")
    context = notice_context(notice, cpr=cpr, on=timezone.localdate())
    pdf = render_pdf("housing/shelters/notice_letter.html", context)
    return pdf_response(pdf, f"orientering-{notice.stay.case.number}.pdf", download=True)


def _cpr(request: Request, notice: Notice) -> str | None:
    """The number in clear while there is work with the notice or the case; then it is masked."""
    citizen = notice.stay.citizen
    has_work = notice.acknowledged_at is None or may_on(
        request.user, notice.stay.case, Act.CPR_REVEAL
    )
    if has_work:
        return cpr_reveal(citizen=citizen, actor=request.user)
    return CPR_MASK if citizen.has_cpr else None


def _notice_page(request: Request, notice: Notice, form: Any, template: str) -> HttpResponse:
    log(request.user, LogAction.VIEWED, [notice.stay.citizen_id], what="notice")
    line = Line(notice, timezone.localdate())
    is_own = may_at(request.user, notice.stay.shelter, Act.STAY_VIEW)
    context = {
        "line": line,
        "notice": notice,
        "citizen": notice.stay.citizen,
        "place": "" if line.hides_place and not is_own else notice.stay.shelter.name,
        "form": form,
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _own(request: Request, reference: UUID) -> Notice:
    notice = notice_for(request.user, reference)
    if not may_at(request.user, notice.stay.shelter):
        raise PermissionDenied
    return notice


def may_answer(request: Request, notice: Notice) -> bool:
    """Whether it is the reader's to answer: the municipality's, or the shelter's for one without
    the system."""
    if notice.municipality.uses_system:
        return may_on(request.user, notice.stay.case, Act.NOTICE_ACKNOWLEDGE)
    return may_at(request.user, notice.stay.shelter)


def _back(request: Request, notice: Notice) -> str:
    if may_at(request.user, notice.stay.shelter):
        return reverse("housing:notice_list")
    return reverse("housing:notice_inbox")


def _state(request: Request, among: tuple[State, ...]) -> State:
    """The state in the address; one that does not exist here is the first."""
    asked = request.GET.get("state", "")
    return next((state for state in among if state.value == asked), among[0])


def _filters(
    request: Request, counts: dict[State, int], current: State, *, with_done: bool
) -> list[Filter]:
    """Those with a count, and the answered ones, which nobody counts."""
    shelter = request.GET.get("shelter", "")
    among = [*counts, State.DONE] if with_done else [*counts]
    kept = f"&shelter={shelter}" if shelter else ""
    return [
        Filter(str(LABELS[s]), f"?state={s.value}{kept}", s is current, counts.get(s))
        for s in among
    ]


def _older(request: Request, after: str) -> str:
    if not after:
        return ""
    state = request.GET.copy()
    state["after"] = after
    return f"?{state.urlencode()}"


def _citizens(lines: Any) -> list[int]:
    return [line.notice.stay.citizen_id for line in lines]
