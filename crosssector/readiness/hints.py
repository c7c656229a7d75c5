"""What the date of a support decision means for the reimbursement, while it is being made."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from crosssector.readiness.facility import facility_hint, follows_place
from crosssector.readiness.facts import Shelters, decision_at, shelters_of
from crosssector.readiness.wording import day_near, with_amount
from housingfirst.law.support import support_refund_at_discharge
from housingfirst.lawbook.selectors import choices_of
from support.methods.enums import SupportSection
from support.methods.hints import DecisionHint, Draft


def reimbursement_hint(draft: Draft) -> DecisionHint | None:
    """One sentence that says yes or no, and why: SEL § 176 a, stk. 1 and 3."""
    if draft.section == SupportSection.S85:
        return DecisionHint(
            _("No reimbursement."),
            _("The state reimburses § 85 a and § 107 after a shelter, never § 85 (§ 176 a)."),
        )
    shelters = shelters_of(draft.case.citizen_id)
    name = draft.case.citizen.first_name
    if not shelters.has_any:
        return DecisionHint(
            _("No reimbursement.")
            if draft.is_made
            else _("No reimbursement, and that is no reason to wait."),
            _(
                "%(name)s has not stayed at a shelter under § 110. The state reimburses § 85 a and "
                "§ 107 only after such a stay (§ 176 a)."
            )
            % {"name": name},
        )
    if draft.section == SupportSection.S107:
        return facility_hint(draft, shelters)
    if shelters.staying is not None and draft.decided_on >= shelters.staying.admitted_on:
        return _while_staying(draft, shelters, name)
    return _after_discharge(draft, shelters, name)


def _while_staying(draft: Draft, shelters: Shelters, name: str) -> DecisionHint:
    """The citizen can still be discharged after the decision: the earliest such day is the next."""
    admitted_on = shelters.staying.admitted_on if shelters.staying else draft.decided_on
    earliest = max(draft.decided_on, admitted_on) + timedelta(days=1)
    refund = support_refund_at_discharge(
        draft.decided_on,
        None,
        earliest,
        periods=shelters.periods,
        monthly_cost_dkk=draft.monthly_cost_dkk or Decimal(0),
        settings=choices_of(draft.case.municipality_id).support,
    )
    text = _(
        "%(name)s stays at a shelter. Discharged on %(day)s or later, the state reimburses half of "
        "the support for two years from the first discharge (§ 176 a)."
    ) % {"name": name, "day": day_near(earliest, draft.decided_on)}
    text = with_amount(text, refund.refund_dkk)
    if draft.is_made:
        return DecisionHint(_("Decided in time."), text, "done")
    late = _("Decided on the day of the discharge or later, nothing is reimbursed.")
    return DecisionHint(_("In time, if it is decided now."), f"{text} {late}", "done")


def _after_discharge(draft: Draft, shelters: Shelters, name: str) -> DecisionHint:
    """The last discharge has been: the decision is before it, or it is too late."""
    if not shelters.discharges:  # a decision from before the only stay
        return _while_staying(draft, shelters, name)
    last = shelters.discharges[-1]
    refund = support_refund_at_discharge(
        draft.decided_on,
        None,
        last,
        periods=shelters.periods,
        monthly_cost_dkk=draft.monthly_cost_dkk or Decimal(0),
        settings=choices_of(draft.case.municipality_id).support,
    )
    window = refund.window
    near = draft.decided_on
    facts = {"name": name, "day": day_near(last, near)}
    if window is None:
        return DecisionHint(
            _("No reimbursement."),
            _("%(name)s was discharged on %(day)s, before the rule came into force.") % facts,
        )
    facts["last"] = day_near(window.last_on, near)
    if refund.is_refundable:
        text = _("The decision is from before the discharge on %(day)s.") % facts
        return DecisionHint(
            _("Reimbursed through %(last)s.") % facts, with_amount(text, refund.refund_dkk), "done"
        )
    after_place = follows_place(draft, shelters)
    if after_place is not None:
        return after_place
    if shelters.went_to_107_on is not None and shelters.went_to_107_on >= last:
        return DecisionHint(
            _("Reimbursement is possible."),
            _(
                "%(name)s moved directly from the shelter to a § 107 facility. Support that "
                "follows that stay may be reimbursed (§ 176 a, stk. 1, nr. 2). Check the "
                "conditions."
            )
            % facts,
        )
    decided = decision_at(draft.case, last)
    if decided is not None and decided.decided_on < last:
        return DecisionHint(
            _("Support was decided in time."),
            _(
                "There is a decision from before the discharge on %(day)s; support it grants is "
                "reimbursed through %(last)s. Whether a new decision counts as well is not settled."
            )
            % facts,
        )
    return DecisionHint(
        _("No reimbursement: too late."),
        _(
            "%(name)s was discharged on %(day)s, and no support was decided before that. The "
            "support can be given all the same (§ 176 a)."
        )
        % facts,
        "over",
    )
