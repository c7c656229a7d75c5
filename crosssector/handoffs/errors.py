from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class HandoffIsOpen(DomainError):
    code = "handoff_is_open"
    message = _("This has been asked already and is not answered yet.")


class NoServiceLevel(DomainError):
    code = "no_service_level"
    message = _(
        "No deadline is agreed with %(unit)s for this. The team lead writes it under Agreements on "
        "answers. Or ask from the offer: then the offer's own deadline counts."
    )


class HoursOutOfRange(DomainError):
    code = "hours_out_of_range"
    message = _("Write a number of hours from 1 to %(most)s.")


class AgreementRemoved(DomainError):
    code = "agreement_removed"
    message = _("The agreement was removed while you were writing. Save again to make it anew.")


class UnitCannotAnswer(DomainError):
    """Not a unit of the kind that answers this kind of handoff in the case's municipality."""

    code = "unit_cannot_answer"
    message = _("Choose a unit that answers this kind of handoff.")


class OfferOfAnotherCase(DomainError):
    code = "offer_of_another_case"
    message = _("The offer belongs to another case.")


class HandoffIsAnswered(DomainError):
    code = "handoff_is_answered"
    message = _("The handoff was closed in the meantime. See how below.")


class NotAsked(DomainError):
    """The clock stands already, or the handoff is closed: there is nothing to ask about."""

    code = "not_asked"
    message = _("A question has been asked already. The clock stands until it is answered.")


class NoQuestion(DomainError):
    code = "no_question"
    message = _("There is no question to answer.")


class TextMissing(DomainError):
    code = "text_missing"
    message = _("Write a text.")


class RefusalNeedsReasons(DomainError):
    code = "refusal_needs_reasons"
    message = _("Write why it is refused.")


class BasisMissing(DomainError):
    code = "basis_missing"
    message = _(
        "Write the basis for sharing: the citizen's application, or a consent and its date."
    )
