from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class ClaimIsLocked(DomainError):
    code = "claim_is_locked"
    message = _(
        "The claim is locked and is never changed. What is corrected now comes as an adjustment in "
        "the next claim."
    )


class WrongStep(DomainError):
    code = "claim_wrong_step"
    message = _("The claim has moved on since you opened it. Look at it again.")


class QuarterNotOver(DomainError):
    code = "quarter_not_over"
    message = _("The quarter is not over. It can be sent for approval from %(day)s.")


class QuarterNotBegun(DomainError):
    code = "quarter_not_begun"
    message = _("The quarter has not begun yet.")


class ClaimHasBlocks(DomainError):
    code = "claim_has_blocks"
    message = _(
        "Something must be mended first: %(count)s in all, at the top of the claim. Mend it, or "
        "keep the stay out of the claim, and draft it anew."
    )


class FactsHaveMoved(DomainError):
    code = "claim_facts_moved"
    message = _("Something was registered since the claim was drafted. Draft it anew.")


class OwnClaim(DomainError):
    code = "own_claim"
    message = _("Another person approves it: nobody approves a claim they have drafted or sent.")


class AlreadyHeld(DomainError):
    code = "stay_already_held"
    message = _("The stay is kept out of the claims already.")


class InvoiceIsSettled(DomainError):
    code = "invoice_is_settled"
    message = _("The invoice has been settled since you opened it. Look at it again.")


class InvoicePeriodReversed(DomainError):
    code = "invoice_period_reversed"
    message = _("The last night is before the first. Write the dates of the invoice.")


class LetterMissing(DomainError):
    code = "letter_missing"
    message = _("Write the letter first: it says what you object to.")
