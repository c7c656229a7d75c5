"""What the state refunds of shelter stays and support, computed from JSON without a database."""

import json
import sys
from argparse import RawDescriptionHelpFormatter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from housingfirst.law.days import copenhagen_date
from housingfirst.lawbook.exchange import InputRefused, compute, json_schema

INPUT = """\
input, one citizen (spans are half-open: discharged_on and ends_on are the first day not counted):

  {"stays": [{"section": "110" or "109", "admitted_on": "2024-01-10",
              "discharged_on": "2024-04-09" or null,
              "daily_rate_dkk": "1500.00", "resident_payment_dkk": "100.00",
              "rate_periods": [{"starts_on": "2024-03-01", "daily_rate_dkk": "1550.00",
                                "resident_payment_dkk": "100.00"}],
              "absences": [{"starts_on": "2024-02-01", "ends_on": "2024-02-03" or null}],
              "reference": "any text"}],
   "days_used_elsewhere": [{"date": "2024-01-01"}],
   "support": [{"section": "85a" or "107", "decided_on": "2024-03-01" or null,
                "starts_on": "2024-04-09", "ends_on": "2025-04-09" or null,
                "monthly_cost_dkk": "12000.00", "reference": "any text"}],
   "options": {"count_discharge_day": false, "new_year_start": "next_admission",
               "cap_transition": "per_day"},
   "id": "any text, given back"}

rate_periods, absences, reference, days_used_elsewhere, support, options and id may be left out.
Many citizens: an array of them, or JSON Lines; the answers are one object a line, in the order
of the input. Open support is counted to the end of its window.

output, one line for each citizen:

  {"section_110": {"refundable_days": 90, "last_refundable_day": "2024-04-08",
                   "amount_dkk": "63000.00",
                   "running_years": [{"starts_on", "ends_on", "used", "limit", "over"}],
                   "lines": [{"from", "to", "days", "rate_dkk", "refundable", "amount_dkk",
                              "reason", ...}]},
   "section_176a": {"support_amount_dkk", "facility_amount_dkk", "window": {"from", "to"},
                    "windows": [...], "lines": [...]},
   "options": {every reading that was used}, "as_of": "...", "id": "..."}

--schema prints the whole input as JSON Schema; docs/law/compute_reimbursement.md explains every
field, option and reason. Input that cannot be computed: exit code 2, and one line that names the
field.
"""


class Command(BaseCommand):
    help = (
        "Compute the state's refund of § 110 stays (SEL § 177) and of § 85 a support and § 107 "
        "stays after them (SEL § 176 a) from JSON. Needs no database."
    )
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name,
            subcommand,
            epilog=INPUT,
            formatter_class=RawDescriptionHelpFormatter,
            **kwargs,
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--input", metavar="FILE", help="the file to read; - for standard input"
        )
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="the last day to count of stays that go on, as 2026-12-31; today if left out",
        )
        parser.add_argument(
            "--schema", action="store_true", help="print the JSON Schema of the input, and stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schema"]:
            self.stdout.write(json.dumps(json_schema(), indent=2))
            return
        try:
            as_of = _day(options["as_of"])
            answers = [answer.decode() for answer in compute(_text(options["input"]), as_of)]
        except InputRefused as refused:
            raise CommandError(str(refused), returncode=2) from refused
        for answer in answers:
            self.stdout.write(answer)


def _day(text: str | None) -> date:
    if text is None:
        return copenhagen_date(datetime.now(UTC))
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputRefused("--as-of", f"write a date as 2026-12-31, not {text}") from None


def _text(name: str | None) -> bytes:
    if name is None:
        raise InputRefused("--input", "name a file, or - for standard input")
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputRefused("--input", f"{name}: {error.strerror}") from None
