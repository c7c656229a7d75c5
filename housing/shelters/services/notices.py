"""What the shelter tells the acting municipality, and what it answers (SEL § 110, stk. 6-8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cases.access import require_on
from cases.casework.enums import Situation, Source
from cases.casework.grants import RESIDENCE, end_unit_grants, grant_unit
from cases.casework.services import case_for_stay
from cases.casework.situations import situation_begin
from housing.shelters import rules
from housing.shelters.access import require_at
from housing.shelters.enums import ActingAnswer, NoticeKind
from housing.shelters.errors import (
    NoticeAnswered,
    NoticeKept,
    NoticeNeedsAnswer,
    NoticeNotSent,
)
from housing.shelters.events import NOTICE_ACKNOWLEDGED, NOTICE_READDRESSED, NOTICE_SENT
from housing.shelters.models import Notice
from housing.shelters.services.admission import STAY_GRANT
from housingfirst.access.enums import Act
from housingfirst.access.models import Municipality, User
from housingfirst.base.db import save_as
from housingfirst.events.services import record
from housingfirst.lawbook.selectors import choices_of


@transaction.atomic
def notice_send(*, notice: Notice, actor: User | None, at: datetime | None = None) -> None:
    """The notice is sent, at this moment unless `at` is given. Sending it again changes nothing.

    A municipality that uses the system finds it in its inbox; another one gets the letter by
    other means, and this says that it has.
    """
    require_at(actor, notice.stay.shelter)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.sent_at is not None:
        return
    notice.sent_at = at or timezone.now()
    notice.sent_by = actor
    if notice.kind == NoticeKind.ADMISSION:
        notice.answer_due_on = rules.answer_due_on(
            timezone.localdate(notice.sent_at), choices_of(notice.municipality_id).calendar
        )
    save_as(actor, notice)
    record(
        NOTICE_SENT,
        actor=actor,
        case=notice.stay.case,
        subject=notice.reference,
        at=notice.sent_at,
        notice=notice.kind,
        municipality=notice.municipality.name,
    )


@transaction.atomic
def notice_acknowledge(
    *,
    notice: Notice,
    answer: ActingAnswer | None,
    actor: User | None,
    remark: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """The municipality has the notice; to one of admission it says whether it is the acting one.

    Where the municipality does not use the system, the shelter writes down what it answered.
    Raises NoticeNotSent, NoticeAnswered, NoticeNeedsAnswer, StaleVersion.
    """
    if notice.municipality.uses_system:
        if actor is not None:
            require_on(actor, notice.stay.case, Act.NOTICE_ACKNOWLEDGE, also_closed=True)
    else:
        require_at(actor, notice.stay.shelter)
    if notice.sent_at is None:
        raise NoticeNotSent
    if notice.acknowledged_at is not None:
        raise NoticeAnswered
    if notice.kind == NoticeKind.ADMISSION and answer is None:
        raise NoticeNeedsAnswer
    notice.answer = answer or ""
    notice.acknowledged_at = at or timezone.now()
    notice.acknowledged_by = actor
    notice.remark = remark
    save_as(actor, notice, version=version)
    record(
        NOTICE_ACKNOWLEDGED,
        actor=actor,
        case=notice.stay.case,
        subject=notice.reference,
        at=notice.acknowledged_at,
        notice=notice.kind,
        answer=notice.answer,
        municipality=notice.municipality.name,
    )


@transaction.atomic
def notice_readdress(*, notice: Notice, municipality: Municipality, actor: User | None) -> None:
    """After a "no": the stay goes to a case in `municipality`, and the notice is to be sent there.

    The first municipality keeps its case without the stay; the shelter sees that case no longer.
    What it answered stays in the notice's history. Raises NoticeKept.
    """
    stay = notice.stay
    require_at(actor, stay.shelter)
    if notice.kind != NoticeKind.ADMISSION or notice.answer != ActingAnswer.NO:
        raise NoticeKept
    before = stay.case
    stay.case = case_for_stay(
        citizen=stay.citizen, municipality=municipality, on=stay.admitted_on, actor=actor
    )
    save_as(actor, stay, reason="acting municipality")
    if stay.case_id != before.pk:
        unit = stay.shelter.unit
        until = stay.discharged_on
        grant_unit(stay.case, unit, RESIDENCE, reason=STAY_GRANT, actor=actor, until=until)
        end_unit_grants(before, unit, last_day=timezone.localdate(), reason=STAY_GRANT)
        situation_begin(
            case=stay.case,
            situation=Situation.SHELTER,
            starts_on=stay.admitted_on,
            source=Source.STAY,
            actor=actor,
        )
    notice.municipality = municipality
    notice.sent_at = notice.sent_by = notice.answer_due_on = None
    notice.acknowledged_at = notice.acknowledged_by = None
    notice.answer = notice.remark = ""
    save_as(actor, notice, reason="another municipality")
    for case in {before, stay.case}:
        record(
            NOTICE_READDRESSED,
            actor=actor,
            case=case,
            subject=notice.reference,
            municipality=municipality.name,
        )
