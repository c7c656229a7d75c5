from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class ReferralIsOpen(DomainError):
    code = "referral_is_open"
    message = _("The citizen has a housing referral already. Change that one instead.")


class ReferralHasEnded(DomainError):
    code = "referral_has_ended"
    message = _("The referral has ended. Write a new one instead.")


class ReferralIsSent(DomainError):
    code = "referral_is_sent"
    message = _("The referral was sent already.")


class ReferralNotWaiting(DomainError):
    code = "referral_not_waiting"
    message = _("The citizen is no longer waiting for a home.")


class HasLiveOffer(DomainError):
    code = "has_live_offer"
    message = _("The citizen has an offer that waits for an answer. Withdraw the offer first.")


class AreaBothWays(DomainError):
    code = "area_both_ways"
    message = _("%(area)s is both wished for and ruled out. Choose one of the two.")


class AreaTwice(DomainError):
    code = "area_twice"
    message = _("%(area)s is chosen twice. Choose each area once.")


class PaperReceivedEarlier(DomainError):
    code = "paper_received_earlier"
    message = _("The paper was received already.")


class OtherMunicipality(DomainError):
    code = "other_municipality"
    message = _("The dwelling was reported to another municipality than the citizen's.")


class VacancyNotOpen(DomainError):
    code = "vacancy_not_open"
    message = _("The dwelling is no longer vacant. Choose another one.")


class DwellingTaken(DomainError):
    """Another offer holds the dwelling. Says who made it and when, never to whom."""

    code = "dwelling_taken"
    message = _("%(person)s offered the dwelling to somebody else %(moment)s. Choose another one.")


class CitizenHasOffer(DomainError):
    code = "citizen_has_offer"
    message = _(
        "%(person)s gave this citizen another offer %(moment)s. It waits for an answer until"
        " %(until)s."
    )


class AnswerInThePast(DomainError):
    code = "answer_in_the_past"
    message = _("The time to answer has passed already. Write a later time.")


class AnswerAfterVacancy(DomainError):
    code = "answer_after_vacancy"
    message = _("The housing organisation needs its answer by %(until)s. Write that or earlier.")


class ViewingAfterAnswer(DomainError):
    code = "viewing_after_answer"
    message = _("The viewing is after the time to answer. Write an earlier time.")


class ReasonNeeded(DomainError):
    code = "reason_needed"
    message = _("Another citizen comes first in the order. Write why this one is offered the home.")


class OfferIsOver(DomainError):
    code = "offer_is_over"
    message = _("The offer has been answered or withdrawn already: %(status)s.")


class OfferHasExpired(DomainError):
    code = "offer_has_expired"
    message = _(
        "The offer expired %(moment)s, and the dwelling is vacant again. Make a new offer if it"
        " still is."
    )


class ReasonNotTheirs(DomainError):
    code = "reason_not_theirs"
    message = _("%(who)s cannot decline for this reason. Choose one of theirs.")


class LeaseBeforeAvailable(DomainError):
    code = "lease_before_available"
    message = _("The dwelling is available from %(day)s. Write that day or a later one.")


class NoEarlierHome(DomainError):
    code = "no_earlier_home"
    message = _("No earlier referral led to a home. Write a new referral.")
