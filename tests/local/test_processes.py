"""Processes of a run are found and stopped by whoever comes, and nobody else's are."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from housingfirst.local.processes import launch, stop_all
from tests.local.waiting import until

PATIENT = "import time; print(1, flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PATIENT}"
PARENT = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "{PATIENT}"])
"""


@pytest.fixture
def run(tmp_path: Path) -> Path:
    directory = tmp_path / "a run"
    directory.mkdir()
    return directory


def start(run: Path, code: str) -> subprocess.Popen[bytes]:
    log = run.parent / "log"
    child = launch(
        "child", [sys.executable, "-c", code], directory=run, env=os.environ, cwd=run, log=log
    )
    until(lambda: log.read_text() if log.exists() else "")
    return child


def test_asked_to_stop(run: Path) -> None:
    child = start(run, PATIENT)
    stop_all([run])
    assert child.wait() == -15
    assert not run.exists()


def test_killed_when_it_will_not(run: Path) -> None:
    child = start(run, STUBBORN)
    stop_all([run], grace_seconds=0.2)
    assert child.wait() == -9


def test_grandchildren_of_a_dead_child_are_stopped(run: Path) -> None:
    child = start(run, PARENT)
    assert child.wait() == 0
    os.killpg(child.pid, 0)  # the grandchild lives on in the group
    stop_all([run])
    until(lambda: not _group_lives(child.pid))


def test_pid_of_a_dead_process_is_never_signalled(run: Path) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        (run / "child.pid").write_text(f"{bystander.pid}\n")  # as if its number were given again
        stop_all([run])
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def _group_lives(group: int) -> bool:
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                return True
    return False
