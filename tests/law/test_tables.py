"""Parameters as data: every file loads, values are exact, and a broken file is refused."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from housingfirst.law.notices import NOTICE_TERMS, NoticeKind
from housingfirst.law.payment import OWN_PAYMENT_TERMS, OwnPaymentReason, own_payment_on
from housingfirst.law.reimbursement import REFUND_TERMS
from housingfirst.law.tables import (
    optional_version_table,
    read_subject,
    subjects,
    version_table,
)
from housingfirst.law.versions import Mark, Version, VersionTable


@dataclass(frozen=True, slots=True)
class Terms:
    days: int | None
    share: Decimal
    mark: Mark
    warnings: tuple[int, ...] = ()


ROW = 'source = "law"\nmark = "V"\nvalues = { share = 0.50, mark = "INF", warnings = [30, 14] }\n'
HEAD = "[[rules.R-TEST.tables.terms]]\n"


def write(folder: Path, *rows: str) -> Path:
    (folder / "test.toml").write_text("".join(HEAD + row for row in rows), encoding="utf-8")
    return folder


def load(folder: Path) -> VersionTable[Terms]:
    return version_table("test", "R-TEST", Terms, folder=folder)


@pytest.mark.parametrize("subject", subjects())
def test_every_table_of_every_file_is_whole(subject: str) -> None:
    rules = read_subject(subject)["rules"]
    assert rules
    for rule_id, rule in rules.items():
        for rows in rule.get("tables", {}).values():
            VersionTable(
                rule_id,
                [
                    Version(
                        row["key"],
                        row.get("valid_from"),
                        row.get("valid_until"),
                        row.get("values"),
                        row["source"],
                        Mark(row["mark"]),
                    )
                    for row in rows
                ],
            )


def test_the_refund_of_shelter_days() -> None:
    assert [
        (row.key, row.valid_from, row.valid_until, row.value.day_limit, row.value.refund_share)
        for row in REFUND_TERMS
    ] == [
        ("no-limit", None, date(2023, 10, 1), None, Decimal("0.50")),
        ("2023-10-01", date(2023, 10, 1), date(2026, 4, 1), 120, Decimal("0.50")),
        ("2026-04-01", date(2026, 4, 1), None, 90, Decimal("0.50")),
    ]


def test_the_notices_have_three_working_days_each() -> None:
    assert {
        kind: [(row.key, row.value.working_days, row.mark) for row in table]
        for kind, table in NOTICE_TERMS.items()
    } == {
        NoticeKind.ADMISSION: [("3-working-days", 3, Mark.VERIFIED)],
        NoticeKind.DISCHARGE: [("3-working-days", 3, Mark.INFERRED)],
    }


@pytest.mark.parametrize(
    ("day", "paid", "reason"),
    [
        pytest.param("2017-12-31", None, OwnPaymentReason.RATE_UNKNOWN, id="before-the-order"),
        pytest.param("2018-01-01", "87.00", OwnPaymentReason.RATE_OF_THE_YEAR, id="first-day"),
        pytest.param("2019-12-31", "89.00", OwnPaymentReason.RATE_OF_THE_YEAR, id="2019"),
        pytest.param("2020-02-29", "91.00", OwnPaymentReason.RATE_OF_THE_YEAR, id="leap-day"),
        pytest.param("2021-06-01", "93.00", OwnPaymentReason.RATE_OF_THE_YEAR, id="2021"),
        pytest.param("2022-01-01", None, OwnPaymentReason.RATE_UNKNOWN, id="2022-not-found"),
        pytest.param("2023-12-31", "96.71", OwnPaymentReason.RATE_OF_THE_YEAR, id="to-the-oere"),
        pytest.param("2026-11-22", None, OwnPaymentReason.RATE_UNKNOWN, id="2026-not-found"),
    ],
)
def test_own_payment(day: str, paid: str | None, reason: OwnPaymentReason) -> None:
    answer = own_payment_on(date.fromisoformat(day))
    assert (answer.daily_dkk, answer.reason) == (paid and Decimal(paid), reason)
    assert answer.rule_id == OWN_PAYMENT_TERMS.rule_id
    assert (answer.mark is Mark.UNVERIFIED) == (paid is None)


def test_one_who_keeps_a_home_pays_nothing_for_the_room() -> None:
    answer = own_payment_on(date(2026, 11, 22), keeps_own_home=True)
    assert (answer.daily_dkk, answer.reason) == (Decimal(0), OwnPaymentReason.KEEPS_OWN_HOME)


def test_values_come_typed_and_exact(tmp_path: Path) -> None:
    first, last = load(
        write(
            tmp_path,
            f'key = "a"\nvalid_until = 2026-04-01\n{ROW}',
            f'key = "b"\nvalid_from = 2026-04-01\n{ROW}',
        )
    )
    assert first.value == Terms(None, Decimal("0.50"), Mark.INFERRED, (30, 14))
    assert str(first.value.share) == "0.50"
    assert (first.valid_until, last.valid_from) == (date(2026, 4, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param(("valid_until = 2026-03-31", "valid_from = 2026-04-01"), "k0 ends", id="gap"),
        pytest.param(
            ("valid_until = 2026-04-02", "valid_from = 2026-04-01"), "k0 ends", id="overlap"
        ),
        pytest.param(('until = "2026-04-02"',), "k0: until unknown", id="misspelt-column"),
        pytest.param(('valid_from = "2026-04-01"',), "valid_from: '2026-04-01' is not", id="text"),
        pytest.param(("valid_from = 2026-04-01T10:00:00",), "valid_from", id="time-of-day"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, rows: tuple[str, ...], message: str) -> None:
    folder = write(tmp_path, *(f'key = "k{n}"\n{row}\n{ROW}' for n, row in enumerate(rows)))
    with pytest.raises(ValueError, match=message):
        load(folder)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param(ROW, "key: None is not str", id="no-key"),
        pytest.param('key = "a"\nsource = ""\nmark = "V"\n', "a: no values", id="no-values"),
        pytest.param('key = "a"\n' + ROW.replace('"V"', '"v"'), "a: mark: 'v'", id="mark"),
        pytest.param('key = "a"\n' + ROW.replace("0.50", '"half"'), "share: 'half'", id="number"),
        pytest.param('key = "a"\n' + ROW.replace("0.50", "true"), "share: True", id="yes"),
        pytest.param('key = "a"\n' + ROW.replace("share", "shear"), "shear unknown", id="name"),
        pytest.param('key = "a"\n' + ROW.replace("[30, 14]", "[1.5]"), "is not int", id="item"),
        pytest.param('key = "a"\n' + ROW.replace('"INF"', "1"), "mark: 1 is not", id="enum"),
    ],
)
def test_a_row_that_is_not_as_its_terms_is_refused(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load(write(tmp_path, row))


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path, f'key = "a"\n{ROW}')
    with pytest.raises(LookupError, match="R-TEST has no table other"):
        version_table("test", "R-TEST", Terms, "other", folder=folder)


def test_a_time_without_the_rule(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        'key = "none"\nvalid_until = 2023-10-01\nsource = "law"\nmark = "UNVERIFIED"\n',
        f'key = "a"\nvalid_from = 2023-10-01\n{ROW}',
    )
    table = optional_version_table("test", "R-TEST", Terms, folder=folder)
    assert table.on(date(2023, 9, 30)).value is None
    assert table.on(date(2023, 10, 1)).value == Terms(
        None, Decimal("0.50"), Mark.INFERRED, (30, 14)
    )
