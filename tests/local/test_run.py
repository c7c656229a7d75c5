"""`make run` as a newcomer has it: started, used, ended, killed, started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from tests.local.conftest import clean_environment, local
from tests.local.waiting import until


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(checkout: Path, port: int) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The site in the foreground as soon as it has said where it is, and what it said before."""
    run = subprocess.Popen(
        [sys.executable, "-m", "housingfirst.local", "run"],
        cwd=checkout,
        env=clean_environment(PORT=str(port), DEMO="0"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert run.stdout
    said = []
    for line in run.stdout:
        said.append(line)
        if f"http://127.0.0.1:{port}" in line:
            break
    assert run.poll() is None, "".join(said)
    try:
        yield run, said
    finally:
        run.kill()
        run.communicate()


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        text: str = answer.read().decode()
        return text


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_run_from_first_start_to_last_kill(checkout: Path) -> None:
    port = free_port()
    with running(checkout, port) as (run, said):
        assert "Preparing the database …\n" in said
        assert json.loads(get(port, "/readyz"))["status"] == "ok"
        assert 'name="password"' in get(port, "/login/")
        secrets = checkout / ".local" / "secrets.json"
        assert secrets.stat().st_mode & 0o077 == 0
        kept = secrets.read_text()

        again = local(checkout, "run", check=False, PORT=str(free_port()))
        assert again.returncode == 1
        assert "already running" in again.stderr
        assert "make stop" in again.stderr
        held = local(checkout, "reset", check=False)
        assert "make reset YES=1" in held.stderr

        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=120) == 0
    assert not is_taken(port)
    assert leftovers(checkout) == []

    # The same port at once, and nothing is prepared again: that makes it quick.
    with running(checkout, port) as (run, said):
        assert not [line for line in said if "…" in line]
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        with running(checkout, port) as (second, _):
            assert json.loads(get(port, "/readyz"))["status"] == "ok"
            os.kill(second.pid, signal.SIGKILL)
            second.wait()
            until(lambda: not is_taken(port))
            until(lambda: leftovers(checkout) == [])

    assert secrets.read_text() == kept
    assert "Nothing was running" in local(checkout, "stop").stdout
    assert local(checkout, "reset", YES="1").returncode == 0
    assert not (checkout / ".local" / "postgres").exists()


def leftovers(checkout: Path) -> list[list[str]]:
    """Living processes that were started in the checkout or name it."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            command = process.cmdline()
            if str(checkout) in " ".join([process.cwd(), *command]):
                found.append(command)
    return found


def test_taken_port_is_said_in_one_sentence(checkout: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        refused = local(checkout, "run", check=False, PORT=str(port))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {port} is taken by another program: end it, or choose another port with "
        f"`make run PORT={port + 1}`.\n"
    )


@pytest.mark.parametrize("port", ["0", "65536", "eight", "80 80", "٨٠٠٠"])
def test_nonsense_port_is_said_in_one_sentence(checkout: Path, port: str) -> None:
    refused = local(checkout, "run", check=False, PORT=port)
    assert refused.returncode == 1
    assert refused.stderr == f"PORT must be a number from 1 to 65535, not “{port}”.\n"


def test_database_of_ones_own_is_never_reset(checkout: Path) -> None:
    refused = local(checkout, "reset", check=False, YES="1", DATABASE_URL="postgresql://u@h/n")
    assert refused.returncode == 1
    assert "which this command leaves alone" in refused.stderr
