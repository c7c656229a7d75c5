"""`manage.py compute_reimbursement`: the law from JSON to JSON, as a stranger would check it."""

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec
import pytest
import time_machine
from django.core.management import CommandError, call_command

from housingfirst.law.reimbursement import ReimbursementSettings
from housingfirst.law.support import SupportRefundSettings
from housingfirst.lawbook.exchange import json_schema
from housingfirst.lawbook.exchange.schema import Options

ROOT = Path(__file__).parent.parent.parent
SCHEMA = ROOT / "docs" / "law" / "compute_reimbursement.schema.json"
Json = dict[str, Any]


def stay(
    admitted: str,
    discharged: str | None,
    rate: str = "1500.00",
    payment: str = "100.00",
    section: str = "110",
) -> Json:
    return {
        "section": section,
        "admitted_on": admitted,
        "discharged_on": discharged,
        "daily_rate_dkk": rate,
        "resident_payment_dkk": payment,
    }


def support(section: str, decided: str, starts: str, ends: str | None, cost: str) -> Json:
    return {
        "section": section,
        "decided_on": decided,
        "starts_on": starts,
        "ends_on": ends,
        "monthly_cost_dkk": cost,
    }


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Gives the answers to `text`, in order."""

    def answers(text: str | Json, **options: Any) -> list[Json]:
        path = tmp_path / "input.json"
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        call_command("compute_reimbursement", input=str(path), **options)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answers


PER_YEAR = {"cap_transition": "per_year"}
E6 = [stay("2024-03-01", "2024-07-29"), stay("2025-06-15", "2025-08-14")]
E6B = [*E6, stay("2026-03-10", "2026-05-09")]
E7 = [stay("2026-01-15", "2026-06-15")]
E8 = [stay("2025-12-01", "2026-03-21"), stay("2026-04-10", "2026-05-10")]
E16 = [stay("2026-02-01", "2026-02-21"), stay("2026-04-20", "2026-08-18")]
J3 = [
    stay("2025-12-10", "2026-01-20", "1380.00", "107.00"),
    stay("2026-03-15", "2026-05-30", "1380.00", "107.00"),
    stay("2026-06-10", "2026-09-01", "1380.00", "107.00"),
]
J3_PER_YEAR = "76380.00"
SECTION_110 = {
    "E1": ([stay("2024-01-10", "2024-04-09")], {}, 90, "2024-04-08", "63000.00"),
    "E2": ([stay("2024-01-10", "2024-07-08")], {}, 120, "2024-05-08", "84000.00"),
    "E3": (
        [
            stay("2024-02-01", "2024-03-02"),
            stay("2024-05-01", "2024-06-10"),
            stay("2024-09-01", "2024-12-10"),
        ],
        {},
        120,
        "2024-10-20",
        "84000.00",
    ),
    "E4": ([stay("2024-03-01", "2025-05-01")], {}, 181, "2025-04-30", "126700.00"),
    "E5": (
        [stay("2024-03-01", "2024-07-29"), stay("2025-02-01", "2025-04-02")],
        {},
        152,
        "2025-04-01",
        "106400.00",
    ),
    "E6": (E6, {}, 180, "2025-08-13", "126000.00"),
    "E6b": (E6B, {}, 210, "2026-04-08", "147000.00"),
    "E6b-fixed": (E6B, {"new_year_start": "fixed"}, 240, "2026-05-08", "168000.00"),
    "E7": (E7, {}, 90, "2026-04-14", "63000.00"),
    "E7-per-year": (E7, PER_YEAR, 120, "2026-05-14", "84000.00"),
    "E8": (E8, {}, 110, "2026-03-20", "77000.00"),
    "E8-per-year": (E8, PER_YEAR, 120, "2026-04-19", "84000.00"),
    "E9": ([stay("2026-04-01", "2026-08-01")], {}, 90, "2026-06-29", "63000.00"),
    "E10": ([stay("2023-06-01", "2024-03-01")], {}, 242, "2024-01-28", "169400.00"),
    "E11": ([stay("2026-05-04", "2026-05-04")], {}, 1, "2026-05-04", "700.00"),
    "E11-strict": ([stay("2026-05-04", "2026-05-04")], {"same_day_stay": 0}, 0, None, "0.00"),
    "E12": (
        [stay("2026-05-01", "2026-05-20"), stay("2026-05-18", "2026-06-07")],
        {},
        37,
        "2026-06-06",
        "25900.00",
    ),
    "E13": ([stay("2026-05-01", "2026-07-30")], {}, 90, "2026-07-29", "63000.00"),
    "E13-discharge-day": (
        [stay("2026-05-01", "2026-07-30")],
        {"count_discharge_day": True},
        90,
        "2026-07-29",
        "63000.00",
    ),
    "E14": ([stay("2025-07-01", "2026-09-01")], {}, 182, "2026-08-31", "127400.00"),
    "E15": (
        [stay("2024-02-29", "2024-03-10"), stay("2025-02-27", "2025-03-05")],
        {},
        16,
        "2025-03-04",
        "11200.00",
    ),
    "E16": (E16, {}, 90, "2026-06-28", "63000.00"),
    "E16-per-year": (E16, PER_YEAR, 120, "2026-07-28", "84000.00"),
    "E17": ([stay("2026-04-01", "2026-08-01", payment="0")], {}, 90, "2026-06-29", "67500.00"),
    "E18": (
        [stay("2026-02-01", "2026-03-01", section="109"), stay("2026-03-01", "2026-06-09")],
        {},
        90,
        "2026-05-29",
        "63000.00",
    ),
    "A7": (
        [stay("2024-03-23", "2024-06-01"), stay("2024-12-01", "2025-01-31")],
        {},
        120,
        "2025-01-19",
        "84000.00",
    ),
    "J1": ([stay("2026-08-03", "2026-12-14", "1450", "107")], {}, 90, "2026-10-31", "60435.00"),
    "J3": (J3, {}, 90, "2026-05-02", "57285.00"),
    "J3-per-year": (J3, PER_YEAR, 120, "2026-06-12", J3_PER_YEAR),
}


@pytest.mark.parametrize(
    ("stays", "options", "days", "last", "amount"), SECTION_110.values(), ids=SECTION_110.keys()
)
def test_section_110(
    run: Any, stays: list[Json], options: Json, days: int, last: str | None, amount: str
) -> None:
    (answer,) = run({"stays": stays, "options": options})
    told = answer["section_110"]
    assert (told["refundable_days"], told["last_refundable_day"]) == (days, last)
    assert told["amount_dkk"] == amount
    assert all(year["used"] <= year["limit"] for year in told["running_years"])


SPRING_2024 = [stay("2024-01-10", "2024-03-15")]
SPRING_2025 = [stay("2025-02-01", "2025-05-01")]
FIRST_107 = support("107", "2024-03-01", "2024-03-15", "2024-09-15", "45000.00")
THEN_85A = support("85a", "2024-09-01", "2024-09-15", None, "10000.00")
SECTION_176A = {
    "A1": (
        SPRING_2024,
        [support("85a", "2024-03-01", "2024-03-15", "2026-07-01", "12000.00")],
        "144000.00",
        "0.00",
    ),
    "A2": (
        SPRING_2024,
        [support("85a", "2024-03-20", "2024-03-20", "2026-07-01", "12000.00")],
        "0.00",
        "0.00",
    ),
    "A3": (SPRING_2024, [FIRST_107 | {"monthly_cost_dkk": "0"}, THEN_85A], "90000.00", "0.00"),
    "A4": (
        SPRING_2025,
        [support("107", "2025-04-20", "2025-05-01", "2025-12-31", "45000.00")],
        "0.00",
        "135000.00",
    ),
    "A5": (
        SPRING_2025,
        [support("107", "2025-04-20", "2026-01-01", "2026-06-30", "45000.00")],
        "0.00",
        "90000.00",
    ),
    "A6": (
        [stay("2024-03-23", "2024-06-01"), stay("2024-12-01", "2025-01-31")],
        [
            support("85a", "2024-05-20", "2024-06-01", "2024-12-01", "8000.00"),
            support("85a", "2024-05-20", "2025-02-01", None, "8000.00"),
        ],
        "88000.00",
        "0.00",
    ),
    "A8": ([], [support("85a", "2024-03-01", "2024-03-15", None, "12000.00")], "0.00", "0.00"),
    "A9": (SPRING_2024, [FIRST_107, THEN_85A], "90000.00", "135000.00"),
    "J4": (
        [stay("2026-05-11", "2026-07-01")],
        [support("107", "2026-06-24", "2026-07-01", None, "40000.00")],
        "0.00",
        "120000.00",
    ),
}


@pytest.mark.parametrize(
    ("stays", "spans", "support_dkk", "facility_dkk"),
    SECTION_176A.values(),
    ids=SECTION_176A.keys(),
)
def test_section_176a(
    run: Any, stays: list[Json], spans: list[Json], support_dkk: str, facility_dkk: str
) -> None:
    (answer,) = run({"stays": stays, "support": spans})
    told = answer["section_176a"]
    assert (told["support_amount_dkk"], told["facility_amount_dkk"]) == (support_dkk, facility_dkk)


def test_what_is_told_of_each_line(run: Any) -> None:
    stays = [stay("2024-01-10", "2024-06-01") | {"reference": "Kilden"}]
    spans = [support("85a", "2024-05-01", "2024-06-01", "2024-07-16", "12000.00")]
    (answer,) = run({"id": 7, "stays": stays, "support": spans}, as_of="2026-01-01")
    assert answer["id"] == 7
    assert answer["as_of"] == "2026-01-01"
    within, over = answer["section_110"]["lines"]
    assert within == {
        "from": "2024-01-10",
        "to": "2024-05-09",
        "days": 120,
        "rate_dkk": "1500.00",
        "resident_payment_dkk": "100.00",
        "refundable": True,
        "amount_dkk": "84000.00",
        "reason": "within-limit",
        "rule": "R-110-REF",
        "terms": "2023-10-01",
        "year_starts_on": "2024-01-10",
        "day_number": 1,
        "reference": "Kilden",
    }
    assert (over["days"], over["refundable"], over["reason"]) == (23, False, "over-limit")
    assert answer["section_110"]["running_years"] == [
        {"starts_on": "2024-01-10", "ends_on": "2025-01-10", "used": 120, "limit": 120, "over": 23}
    ]
    assert answer["section_176a"]["window"] == {"from": "2024-06-01", "to": "2026-06-01"}
    (line,) = answer["section_176a"]["lines"]
    assert (line["months"], line["amount_dkk"], line["rule"]) == ("1.4839", "8903.23", "R-176A-1")
    assert (line["reason"], line["section"]) == ("decided-before-discharge", "85a")


def test_days_elsewhere_use_the_limit_and_earn_nothing(run: Any) -> None:
    elsewhere = [{"date": f"2026-04-{day:02}"} for day in range(1, 31)]
    (answer,) = run({"stays": [stay("2026-06-01", "2026-09-01")], "days_used_elsewhere": elsewhere})
    assert answer["section_110"]["refundable_days"] == 60
    assert answer["section_110"]["amount_dkk"] == "42000.00"
    assert answer["section_110"]["running_years"][0] == {
        "starts_on": "2026-04-01",
        "ends_on": "2027-04-01",
        "used": 90,
        "limit": 90,
        "over": 32,
    }
    assert answer["section_176a"]["window"] == {"from": "2026-09-01", "to": "2028-09-01"}


def test_rates_change_and_residents_go_away(run: Any) -> None:
    changing = stay("2026-05-01", "2026-05-11") | {
        "rate_periods": [
            {
                "starts_on": "2026-05-06",
                "daily_rate_dkk": "1700.00",
                "resident_payment_dkk": "100.00",
            }
        ],
        "absences": [{"starts_on": "2026-05-02", "ends_on": "2026-05-03"}],
    }
    (answer,) = run({"stays": [changing], "options": {"absence": "not_counted"}})
    assert answer["section_110"]["refundable_days"] == 9
    assert answer["section_110"]["amount_dkk"] == "6800.00"


def test_stays_that_go_on_are_counted_through_the_day(run: Any) -> None:
    planned = stay("2026-07-01", "2026-07-11")
    facts = {"stays": [stay("2026-05-01", None), planned]}
    (answer,) = run(facts, as_of="2026-05-10")
    assert [line["days"] for line in answer["section_110"]["lines"]] == [10, 10]
    with time_machine.travel("2026-05-12T22:30:00Z"):  # 13 May in Copenhagen
        (answer,) = run(facts)
    assert answer["as_of"] == "2026-05-13"
    assert [line["days"] for line in answer["section_110"]["lines"]] == [13, 10]


@pytest.mark.parametrize("name", ["lines", "arrays-on-lines", "array", "blank-lines"])
def test_many_citizens(run: Any, name: str) -> None:
    citizens = [
        {"id": str(n), "stays": [stay("2026-05-01", f"2026-05-{n + 2:02}")]} for n in range(9)
    ]
    text = {
        "lines": "\n".join(json.dumps(one) for one in citizens),
        "arrays-on-lines": f"{json.dumps(citizens[:5])}\n{json.dumps(citizens[5:])}\n",
        "array": json.dumps(citizens, indent=2),
        "blank-lines": "\n\n".join(json.dumps(one) for one in citizens) + "\n",
    }[name]
    answers = run(text)
    assert [answer["id"] for answer in answers] == [str(n) for n in range(9)]
    days = [answer["section_110"]["refundable_days"] for answer in answers]
    assert days == list(range(1, 10))


def test_nothing_comes_to_nothing(run: Any) -> None:
    (answer,) = run({})
    assert answer["section_110"]["amount_dkk"] == "0.00"
    assert answer["section_110"]["last_refundable_day"] is None
    assert answer["section_176a"]["window"] is None


GOOD = stay("2024-01-10", "2024-04-09")
SUPPORT = support("85a", "2024-01-01", "2024-05-01", None, "12000.00")


def without(facts: Json, field: str) -> Json:
    return {name: value for name, value in facts.items() if name != field}


BAD = {
    "no-date": ({"stays": [GOOD | {"admitted_on": "2024-13-01"}]}, "stays[0].admitted_on: write"),
    "missing": ({"stays": [GOOD, without(GOOD, "admitted_on")]}, "stays[1].admitted_on: must be"),
    "no-price": ({"stays": [without(GOOD, "daily_rate_dkk")]}, "stays[0].daily_rate_dkk: must"),
    "misspelt": ({"stays": [GOOD | {"discharge": "x"}]}, "stays[0].discharge: is not a field"),
    "top-level": ({"stay": []}, "stay: is not a field"),
    "reversed": (
        {"stays": [GOOD | {"discharged_on": "2024-01-09"}]},
        "stays[0].discharged_on: must not be before admitted_on, 2024-01-10",
    ),
    "section": ({"stays": [GOOD | {"section": "85"}]}, "stays[0].section: "),
    "negative": ({"stays": [GOOD | {"daily_rate_dkk": "-1"}]}, "stays[0].daily_rate_dkk: write"),
    "words": ({"stays": [GOOD | {"daily_rate_dkk": "much"}]}, "stays[0].daily_rate_dkk: write"),
    "not-finite": (
        {"stays": [GOOD | {"resident_payment_dkk": "NaN"}]},
        "stays[0].resident_payment_dkk: write",
    ),
    "huge": ({"stays": [GOOD | {"daily_rate_dkk": 1e30}]}, "stays[0].daily_rate_dkk: write"),
    "far-future": ({"stays": [GOOD | {"discharged_on": "9999-12-31"}]}, "stays[0].discharged_on"),
    "absence": (
        {"stays": [GOOD | {"absences": [{"starts_on": "2024-02-02", "ends_on": "2024-02-01"}]}]},
        "stays[0].absences[0].ends_on: must not be before starts_on",
    ),
    "rates": (
        {
            "stays": [
                GOOD
                | {
                    "rate_periods": [
                        {
                            "starts_on": "2024-02-01",
                            "daily_rate_dkk": "1",
                            "resident_payment_dkk": "0",
                        }
                    ]
                    * 2
                }
            ]
        },
        "stays[0].rate_periods[1].starts_on: must be later than 2024-02-01",
    ),
    "elsewhere": ({"days_used_elsewhere": [{"date": "1066-10-14"}]}, "days_used_elsewhere[0].date"),
    "support": (
        {"support": [SUPPORT | {"ends_on": "2024-04-30"}]},
        "support[0].ends_on: must not be before starts_on",
    ),
    "support-section": ({"support": [SUPPORT | {"section": "85"}]}, "support[0].section: "),
    "support-decided": (
        {"support": [SUPPORT | {"decided_on": "1900-01-01"}]},
        "support[0].decided_on: write a day from",
    ),
    "option": ({"options": {"new_year_start": "sometime"}}, "options.new_year_start: "),
    "option-name": ({"options": {"new_year": "fixed"}}, "options.new_year: is not a field"),
    "option-days": ({"options": {"split_facility_days": -1}}, "options.split_facility_days: "),
    "no-object": ("3", "expected `object | array`"),
    "no-json": ("{stays: []}", "JSON is malformed"),
    "cut": ('{"stays": [', "input data was truncated"),
    "empty": ("", "input data was truncated"),
    "second-line": ('{"stays": []}\n{"stays": [3]}', "line 2, stays[0]: expected `object`"),
    "second-line-facts": (
        '{}\n{"stays": [], "days_used_elsewhere": [{"date": "1066-10-14"}]}',
        "line 2, days_used_elsewhere[0].date: write a day from",
    ),
    "second-line-no-json": ('{"stays": []}\n{oh}', "line 2: JSON is malformed"),
    "in-an-array": (
        [{}, {"days_used_elsewhere": [{"date": "1066-10-14"}]}],
        "[1].days_used_elsewhere[0].date: write a day from",
    ),
}


@pytest.mark.parametrize(("facts", "said"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_told_by_its_field(
    run: Any, capsys: pytest.CaptureFixture[str], facts: Any, said: str
) -> None:
    with pytest.raises(CommandError) as refused:
        run(facts if isinstance(facts, str) else json.dumps(facts))
    assert refused.value.returncode == 2
    message = str(refused.value)
    assert message.lower().startswith(said.lower())
    assert "\n" not in message
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"input": "nowhere.json"}, "--input: nowhere.json: No such file"),
        ({}, "--input: name a file"),
        ({"input": "nowhere.json", "as_of": "tomorrow"}, "--as-of: write a date"),
    ],
)
def test_bad_arguments(options: Json, said: str) -> None:
    with pytest.raises(CommandError, match=f"^{said}") as refused:
        call_command("compute_reimbursement", **options)
    assert refused.value.returncode == 2


def test_every_reading_can_be_chosen_and_is_told(run: Any) -> None:
    names = {
        field.name for field in (*fields(ReimbursementSettings), *fields(SupportRefundSettings))
    }
    assert set(Options.__struct_fields__) == names
    (answer,) = run({"options": {"count_discharge_day": "yes", "part_month": "thirty_days"}})
    assert set(answer["options"]) == names
    assert answer["options"]["count_discharge_day"] == "yes"
    assert answer["options"]["part_month"] == "thirty_days"


def test_the_schema_in_the_documentation_is_the_commands(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("compute_reimbursement", schema=True)
    printed = capsys.readouterr().out
    assert json.loads(printed) == json_schema()
    assert SCHEMA.read_text(encoding="utf-8") == printed


def test_it_asks_nothing_of_a_database() -> None:
    """As typed on a machine where nothing is set up: no server starts, and no folder is made."""
    facts = {"stays": [GOOD]}
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")
    }
    command = [sys.executable, str(ROOT / "manage.py"), "compute_reimbursement", "--input", "-"]
    environment |= {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    ran = subprocess.run(
        command,
        input=json.dumps(facts),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    assert ran.returncode == 0
    assert msgspec.json.decode(ran.stdout)["section_110"]["refundable_days"] == 90
    bad = subprocess.run(
        command, input="{oh}", env=environment, capture_output=True, text=True, check=False
    )
    assert bad.returncode == 2
    assert len(bad.stderr.splitlines()) == 1
