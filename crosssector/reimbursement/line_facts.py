"""What a line of a claim stands on, in words: the rule with its parameters, and the facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from crosssector.reimbursement.adjusting import Json
from crosssector.reimbursement.enums import ClaimSection
from crosssector.reimbursement.models import Claim, ClaimLine
from housing.shelters.enums import AcuteNeed
from housing.shelters.models import Stay
from housingfirst.ui import words
from support.methods.models import SupportDecision


def facts_of_line(line: ClaimLine, claim: Claim, today: date) -> list[str]:
    """As the claim keeps them. The line comes with its stay or decision, and its facts."""
    if line.stay is not None:
        told = _of_stay(line, line.stay, claim, today)
    elif line.decision is not None:
        told = _of_support(line, line.decision, claim, today)
    else:
        return []
    return [one for one in told if one]


def stored_value(value: str | None, today: date) -> str:
    """A stored date or amount as it is read; nothing is "still there"."""
    if value is None:
        return _("not registered")
    try:
        return words.day(date.fromisoformat(value), today=today, weekday=False)
    except ValueError:
        return words.money(Decimal(value))


def terms_in_words(settings: Json) -> list[str]:
    """The parameters a claim was computed by, each with its source."""
    said = [_terms_110(row) for row in settings["terms_110"]]
    said += [_terms_85a(row) for row in settings.get("terms_85a", []) if row["share"]]
    said += [_terms_107(row) for row in settings.get("terms_107", []) if row["share"]]
    return said


def _terms_110(row: Json) -> str:
    if row["limit"] is None or row["from"] is None:
        text = _("Before the reform: %(share)s %% without a limit of days (%(source)s)")
    else:
        text = _(
            "From %(since)s: %(share)s %% of at most %(limit)s days a running year (%(source)s)"
        )
    return text % _values(row)


def _terms_85a(row: Json) -> str:
    text = _("§ 85 a: %(share)s %% for %(years)s years after the discharge (%(source)s)")
    return text % _values(row)


def _terms_107(row: Json) -> str:
    text = _(
        "§ 107: %(share)s %% for %(months)s months within %(years)s year after the discharge "
        "(%(source)s)"
    )
    return text % _values(row)


def _values(row: Json) -> Json:
    since = row["from"]
    return row | {
        "share": words.number(Decimal(row["share"]) * 100),
        "since": since and words.day_as_typed(date.fromisoformat(since)),
    }


def _of_stay(line: ClaimLine, stay: Stay, claim: Claim, today: date) -> Iterator[str]:
    known = _kept(line, "stays", str(stay.reference))
    if known is None:
        return
    yield _rule_110(line, claim)
    yield _admission(known, today)
    if line.daily_rate_dkk is not None and line.resident_payment_dkk is not None:
        yield _("Daily rate %(rate)s, the resident pays %(payment)s") % {
            "rate": words.number(line.daily_rate_dkk, decimals=2),
            "payment": words.number(line.resident_payment_dkk, decimals=2),
        }
    yield _("Target group: %(need)s") % {"need": words.inside(AcuteNeed(known["need"]).label)}


def _of_support(
    line: ClaimLine, decision: SupportDecision, claim: Claim, today: date
) -> Iterator[str]:
    known = _kept(line, "support", str(decision.reference))
    if known is None:
        return
    yield _rule_176a(line, claim, today)
    yield _("Decided %(decided)s, for support from %(starts)s") % {
        "decided": stored_value(known["decided"], today),
        "starts": stored_value(known["from"], today),
    }


def _kept(line: ClaimLine, kind: str, reference: str) -> Json | None:
    kept: list[Json] = line.facts.facts[kind]
    return next((one for one in kept if one["ref"] == reference), None)


def _row_of(line: ClaimLine, claim: Claim, table: str) -> Json | None:
    rows: list[Json] = claim.settings.get(table, [])
    return next((row for row in rows if row["key"] == line.terms_version), None)


def _rule_110(line: ClaimLine, claim: Claim) -> str:
    row = _row_of(line, claim, "terms_110")
    if row is None:
        return ""
    share = {"share": words.number(Decimal(row["share"]) * 100)}
    if row["limit"] is None or row["from"] is None:
        return _("SEL § 177: %(share)s %% without a limit of days") % share
    since = date.fromisoformat(row["from"])
    said = share | {
        "limit": row["limit"],
        "since": words.day(since, today=date.min, weekday=False),
    }
    return (
        _("SEL § 177: %(share)s %% of at most %(limit)s days a running year, since %(since)s")
        % said
    )


def _rule_176a(line: ClaimLine, claim: Claim, today: date) -> str:
    is_support = line.section == ClaimSection.S85A
    row = _row_of(line, claim, "terms_85a" if is_support else "terms_107")
    if row is None or row["share"] is None or line.year_starts_on is None:
        return ""
    said = _values(row) | {"left": words.day(line.year_starts_on, today=today, weekday=False)}
    if is_support:
        text = _(
            "SEL § 176 a, stk. 1: %(share)s %% for %(years)s years from the discharge on %(left)s"
        )
    else:
        text = _(
            "SEL § 176 a, stk. 2: %(share)s %% for %(months)s months within %(years)s year from "
            "the discharge on %(left)s"
        )
    return text % said


def _admission(stay: Json, today: date) -> str:
    notice = stay["notice"]
    said = {"admitted": stored_value(stay["from"], today)}
    if notice is None or notice["sent"] is None:
        return _("Admitted %(admitted)s, the notice has not been sent") % said
    said["sent"] = stored_value(notice["sent"], today)
    if notice["sent"] > notice["due"]:
        return _("Admitted %(admitted)s, notice sent %(sent)s: later than 3 working days") % said
    return _("Admitted %(admitted)s, notice sent %(sent)s, within 3 working days") % said
