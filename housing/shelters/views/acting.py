"""The guided question of RSL § 9, for whoever answers a notice of admission."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from housing.shelters.access import notice_for
from housing.shelters.acting import known_of, told
from housing.shelters.enums import NoticeKind
from housing.shelters.forms.acting import CandidateForm
from housing.shelters.views.notices import may_answer
from housingfirst.access.enums import Act, LogAction
from housingfirst.access.log import log
from housingfirst.base.http import Request
from housingfirst.law.municipality import acting_municipality


@require_GET
def acting_municipality_ask(request: Request, reference: UUID) -> HttpResponse:
    """What speaks for and against each municipality. Nothing is saved: a person answers."""
    notice = notice_for(request.user, reference)
    if notice.kind != NoticeKind.ADMISSION or not may_answer(request, notice):
        raise PermissionDenied
    log(request.user, LogAction.VIEWED, [notice.stay.citizen_id], what="acting_municipality")
    is_asked = any(key[:2] in ("a-", "b-", "c-") for key in request.GET)
    data = request.GET if is_asked else None
    ours, theirs = known_of(notice)
    forms = [
        CandidateForm(data, prefix=prefix, initial=initial)
        for prefix, initial in (("a", ours), ("b", theirs), ("c", {}))
    ]
    today = timezone.localdate()
    answer = None
    if is_asked and all([form.is_valid() for form in forms]):
        candidates = [one for form in forms if (one := form.candidate()) is not None]
        answer = told(acting_municipality(candidates, on=notice.stay.admitted_on), today)
    context = {
        "notice": notice,
        "citizen": notice.stay.citizen,
        "forms": forms,
        "answer": answer,
        "reads_rules": request.user.may(Act.RULES_VIEW),
    }
    return render(request, "housing/shelters/acting_municipality.html", context)
