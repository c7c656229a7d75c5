"""T29: what a log line holds, and what it never holds."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
import structlog

from housingfirst import logs

CANARIES = ["Kanariefugl Testesen", "070761-4285", "0707614285"]


def line(record: logging.LogRecord) -> dict[str, Any]:
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=logs.COMMON, processors=logs.STRICT
    )
    parsed: dict[str, Any] = json.loads(formatter.format(record))
    return parsed


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("cases", logging.ERROR, __file__, 1, message, args, info)


@pytest.mark.parametrize("written", ["070761-4285", "0707614285", "070761 4285", "070761–4285"])
def test_T29_cpr_numbers_are_blotted_out(written: str) -> None:
    assert line(record("saved %s", written))["event"] == "saved [cpr]"


@pytest.mark.parametrize("number", ["12345678901", "2026-11-21 22:05", "18000.00"])
def test_other_numbers_stay(number: str) -> None:
    assert number in line(record(f"counted {number}"))["event"]


def test_T29_exceptions_say_where_and_what_kind_but_not_their_message() -> None:
    try:
        try:
            raise KeyError(CANARIES[0])
        except KeyError as cause:
            raise ValueError(" ".join(CANARIES)) from cause
    except ValueError as error:
        written = line(record("request_failed", error=error))
    assert "builtins.ValueError" in written["exception"]
    assert "builtins.KeyError" in written["exception"]
    assert "test_logs.py" in written["exception"]
    assert not [canary for canary in CANARIES if canary in json.dumps(written, ensure_ascii=False)]


def test_T29_unknown_keys_and_queries_are_dropped() -> None:
    event = {"event": "x", "request": "GET /search/?q=Kanariefugl", "name": "Kanariefugl"}
    for processor in (logs.keep_known, logs.scrub):
        event = dict(processor(None, "", event))
    assert event == {"event": "x", "request": "GET /search/"}


def test_production_logs_json_and_home_logs_lines() -> None:
    kept = structlog.get_config()
    try:
        strict = logs.configuration(is_strict=True, level="INFO")
        friendly = logs.configuration(is_strict=False, level="INFO")
    finally:
        structlog.configure(**kept)
    assert strict["formatters"]["lines"]["processors"] == logs.STRICT
    assert friendly["formatters"]["lines"]["processors"] == logs.FRIENDLY


@pytest.mark.parametrize(
    ("address", "written"),
    [
        pytest.param(
            "GET /calendar/193ApYk0jDyBF4Ss9SweS1U04v1mjGxCenrrZv3bkc8.ics",
            "GET /calendar/[key].ics",
            id="calendar",
        ),
        pytest.param(
            "GET /cases/0c31b2ea-6a3e-4d3c-9b5e-111122223333/?q=Hansen",
            "GET /cases/0c31b2ea-6a3e-4d3c-9b5e-111122223333/",
            id="reference-stays",
        ),
    ],
)
def test_T29_the_keys_in_an_address_are_blotted_out(address: str, written: str) -> None:
    event = logs.scrub(None, "", {"request": address})
    assert event["request"] == written
