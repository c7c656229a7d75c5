"""The law that a claim was computed by, as the claim keeps it, and how it is read again.

Version 1, as JSON: `choices` are the readings of the law by their keys; `terms_110`, `terms_85a`
and `terms_107` the versions of its parameters, each with its `key`, the days `from` and `until`,
`source`, `mark` and its values: the `share` that is refunded, and the `limit` of days, the `years`
after the discharge and the `months` within them. A `share` of null is a time before the act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeVar

from crosssector.reimbursement.adjusting import Json
from housingfirst.law import reimbursement as law
from housingfirst.law.choices import SETTINGS, Choices, choices_from, written
from housingfirst.law.support import (
    FACILITY_RULE_ID,
    REFUND_TABLES,
    SUPPORT_RULE_ID,
    FacilityRefundTerms,
    RefundTables,
    SupportRefundTerms,
)
from housingfirst.law.versions import Mark, Version, VersionTable

VERSION: Final = 1
T = TypeVar("T")


def settings_stored(choices: Choices) -> Json:
    """The readings and today's parameters, as a claim keeps them."""
    return {
        "v": VERSION,
        "choices": {
            key: written(setting.of(choices))
            for key, setting in SETTINGS.items()
            if setting.group in ("reimbursement", "support")
        },
        "terms_110": [
            _row(row) | {"limit": row.value.day_limit, "share": str(row.value.refund_share)}
            for row in law.REFUND_TERMS
        ],
        "terms_85a": [
            _row(row)
            | {
                "share": row.value and str(row.value.refund_share),
                "years": row.value and row.value.window_years,
            }
            for row in REFUND_TABLES.support
        ],
        "terms_107": [
            _row(row)
            | {
                "share": row.value and str(row.value.refund_share),
                "years": row.value and row.value.window_years,
                "months": row.value and row.value.months,
            }
            for row in REFUND_TABLES.facility
        ],
    }


def choices_stored(settings: Json) -> Choices:
    """The readings a claim was computed with."""
    return choices_from(settings["choices"])


def terms_110(settings: Json) -> VersionTable[law.RefundTerms]:
    """The parameters of § 110 that a claim was computed with."""
    return VersionTable(
        law.RULE_ID,
        _versions(
            settings["terms_110"],
            lambda row: law.RefundTerms(row["limit"], Decimal(row["share"])),
        ),
    )


def terms_176a(settings: Json) -> RefundTables:
    """The parameters of § 176 a that a claim was computed with.

    Today's, for a claim from before they were kept.
    """
    if "terms_85a" not in settings:
        return REFUND_TABLES
    return RefundTables(
        VersionTable(SUPPORT_RULE_ID, _versions(settings["terms_85a"], _support)),
        VersionTable(FACILITY_RULE_ID, _versions(settings["terms_107"], _facility)),
    )


def _support(row: Json) -> SupportRefundTerms | None:
    share = row["share"]
    return None if share is None else SupportRefundTerms(Decimal(share), row["years"])


def _facility(row: Json) -> FacilityRefundTerms | None:
    share = row["share"]
    if share is None:
        return None
    return FacilityRefundTerms(Decimal(share), row["months"], row["years"])


def _row(row: Version[Any]) -> Json:
    return {
        "key": row.key,
        "from": row.valid_from and row.valid_from.isoformat(),
        "until": row.valid_until and row.valid_until.isoformat(),
        "source": row.source,
        "mark": row.mark.value,
    }


def _versions(rows: Iterable[Json], value: Callable[[Json], T]) -> list[Version[T]]:
    return [
        Version(
            key=row["key"],
            valid_from=row["from"] and date.fromisoformat(row["from"]),
            valid_until=row["until"] and date.fromisoformat(row["until"]),
            value=value(row),
            source=row["source"],
            mark=Mark(row["mark"]),
        )
        for row in rows
    ]
