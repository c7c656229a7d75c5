"""Refusals: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class StayOverlaps(DomainError):
    """Names no place: where else a citizen stays is not the asker's business."""

    code = "stay_overlaps"
    message = _("The citizen is already admitted to a shelter on that day.")


class BedTaken(DomainError):
    code = "bed_taken"
    message = _("The bed has just been taken. Choose another bed.")


class BedNotUsable(DomainError):
    code = "bed_not_usable"
    message = _("The bed is out of use, or belongs to another shelter. Choose another bed.")


class AdmissionInFuture(DomainError):
    code = "admission_in_future"
    message = _("The admission is in the future. Register it when the citizen has come.")


class RateUnknown(DomainError):
    code = "rate_unknown"
    message = _("The shelter has no daily rate on that day. Write the agreed daily rate.")


class PaymentAboveRate(DomainError):
    code = "payment_above_rate"
    message = _("The resident pays more than the daily rate. Write a smaller payment.")


class SentBefore(DomainError):
    code = "sent_before"
    message = _("This form has already been sent.")


class ExternalIdTaken(DomainError):
    code = "external_id_taken"
    message = _("Another stay has this number in the shelter's own system.")


class DischargeInFuture(DomainError):
    code = "discharge_in_future"
    message = _("The discharge is in the future. Plan it now, and register it on the day.")


class PlanNotAhead(DomainError):
    code = "plan_not_ahead"
    message = _("A planned discharge is on a later day. Write the day, or discharge now.")


class DischargeBeforeAdmission(DomainError):
    """`admitted` is the day of admission in words, `typed` as it is typed."""

    code = "discharge_before_admission"
    message = _("Admitted on %(admitted)s, so not discharged before. Write %(typed)s or later.")


class AlreadyDischarged(DomainError):
    code = "already_discharged"
    message = _("The citizen has already been discharged.")


class AbsenceOverlaps(DomainError):
    code = "absence_overlaps"
    message = _("The citizen is already registered as away then.")


class AbsenceOutsideStay(DomainError):
    code = "absence_outside_stay"
    message = _("The absence is not within the stay. Write a day from %(typed)s on.")


class AbsenceReversed(DomainError):
    code = "absence_reversed"
    message = _("The return is before the absence begins. Write a later day.")


class ReturnInFuture(DomainError):
    code = "return_in_future"
    message = _("The return is in the future. Register it when the citizen is back.")


class ElsewhereOverlaps(DomainError):
    code = "elsewhere_overlaps"
    message = _("Some of these days elsewhere are already registered.")


class ElsewhereReversed(DomainError):
    code = "elsewhere_reversed"
    message = _("The discharge is not after the admission. Write a later day.")


class ElsewhereInFuture(DomainError):
    code = "elsewhere_in_future"
    message = _("The days elsewhere are in the future. Write days that have been used.")


class NoticeNotSent(DomainError):
    code = "notice_not_sent"
    message = _("The shelter has not sent the notice yet.")


class NoticeAnswered(DomainError):
    code = "notice_answered"
    message = _("The notice has already been acknowledged.")


class NoticeNeedsAnswer(DomainError):
    code = "notice_needs_answer"
    message = _("Say whether you are the acting municipality.")


class NoticeKept(DomainError):
    code = "notice_kept"
    message = _("The notice can go to another municipality when the first one has said no.")


class RoomNameTaken(DomainError):
    code = "room_name_taken"
    message = _("The shelter already has a room with this name.")


class BedLabelTaken(DomainError):
    code = "bed_label_taken"
    message = _("The room already has a bed with this name.")


class BedOccupied(DomainError):
    code = "bed_occupied"
    message = _("Somebody stays in the bed. Take it out of use when it is free.")


class NotSamePerson(DomainError):
    code = "not_same_person"
    message = _("The citizen you chose has another name or date of birth. Choose again.")


class NotAShelterUnit(DomainError):
    code = "not_a_shelter_unit"
    message = _("The unit is not a shelter. Ask the administrator to make one of that kind.")


class ShelterNameMissing(DomainError):
    code = "shelter_name_missing"
    message = _("Write the shelter's name.")


class RateTaken(DomainError):
    code = "rate_taken"
    message = _(
        "There is a rate from that day already. Choose another day, or remove it if it is new."
    )


class RateBeforeHistory(DomainError):
    """What has been counted with is not changed behind anybody's back."""

    code = "rate_before_history"
    message = _(
        "The rate that holds now is from %(day)s, and what came before it has been counted with. "
        "Write a later day."
    )


class RateHolds(DomainError):
    code = "rate_holds"
    message = _("The rate is in force, and cannot be removed. Add a new one from a later day.")
