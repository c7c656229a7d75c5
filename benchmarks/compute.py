"""How long `compute_reimbursement` takes for 10,000 citizens, against reading and writing the JSON.

Needs no database: `python -m benchmarks.compute` measures it alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parent.parent
CITIZENS = 10_000
AS_OF = date(2026, 11, 22)
FLOOR = """
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    print(json.dumps(json.loads(line)))
"""


@dataclass(frozen=True, slots=True)
class ComputeFigure:
    """Seconds for the command, its start included, and for a script that only copies the lines."""

    citizens: int
    stays: int
    seconds: float
    floor: float

    @property
    def to_floor(self) -> float:
        return self.seconds / self.floor


def measure_compute() -> ComputeFigure:
    """Raises CalledProcessError if a line is not taken."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "citizens.jsonl"
        stays = write_citizens(file)
        command = [sys.executable, str(ROOT / "manage.py"), "compute_reimbursement"]
        return ComputeFigure(
            citizens=CITIZENS,
            stays=stays,
            seconds=_timed([*command, "--input", str(file), "--as-of", AS_OF.isoformat()]),
            floor=_timed([sys.executable, "-c", FLOOR, str(file)]),
        )


def write_citizens(file: Path) -> int:
    """One to five stays each, a place under § 107 and support after it. How many stays."""
    random, stays = Random(1), 0
    with file.open("w", encoding="utf-8") as lines:
        for number in range(CITIZENS):
            day = date(2023, 1, 1) + timedelta(days=random.randrange(400))
            spans = []
            for _turn in range(random.randint(1, 5)):
                left = day + timedelta(days=random.randint(1, 200))
                spans.append(
                    {
                        "section": "110",
                        "admitted_on": day.isoformat(),
                        "discharged_on": left.isoformat(),
                        "daily_rate_dkk": "1450.00",
                        "resident_payment_dkk": "107.00",
                    }
                )
                day = left + timedelta(days=random.randrange(200))
            stays += len(spans)
            decided = (left - timedelta(days=random.randrange(-20, 60))).isoformat()
            moved = (left + timedelta(days=100)).isoformat()
            support = [
                {
                    "section": "107",
                    "decided_on": decided,
                    "starts_on": left.isoformat(),
                    "ends_on": moved,
                    "monthly_cost_dkk": "45000.00",
                },
                {
                    "section": "85a",
                    "decided_on": decided,
                    "starts_on": moved,
                    "ends_on": None,
                    "monthly_cost_dkk": "12000.00",
                },
            ]
            print(json.dumps({"id": number, "stays": spans, "support": support}), file=lines)
    return stays


def _timed(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - started


if __name__ == "__main__":
    print(measure_compute())
