"""`make run`: start everything, say where it is, stay until told to stop, stop everything.

The stopping is done by a second process, the janitor, which waits for the end of the first one:
by Ctrl-C, `make stop`, a closed terminal or a kill, the way out is the same.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

from housingfirst.local import servers
from housingfirst.local.errors import LocalError
from housingfirst.local.places import LOCAL, PROJECT
from housingfirst.local.processes import launch, stop_all

HOST = "127.0.0.1"
START_SECONDS = 120
RUNS = LOCAL / "runs"
LOCK = LOCAL / "supervisor.lock"
LOGS = LOCAL / "log"
WELCOME = LOCAL / "welcome.txt"  # whom one can log in as


def run(*, port: int, with_demo: bool) -> int:
    """Run the application in the foreground until told to stop; the exit code.

    Raises LocalError when something must be done first.
    """
    ending = threading.Event()
    _end_on_signals(ending)
    for directory in (LOCAL, RUNS, LOGS):
        directory.mkdir(exist_ok=True)
    with _sole_supervisor(port):
        stop_all(RUNS.iterdir())  # of a run that was killed together with its janitor
        _check_port(port)
        directory = Path(tempfile.mkdtemp(dir=RUNS))
        with servers.leased(), _janitor(directory):
            return _serve(port, with_demo, directory, ending)


def running() -> dict[str, int] | None:
    """The `pid` and `port` of the run that is going on, or None."""
    try:
        with LOCK.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        described: dict[str, int] = json.loads(LOCK.read_text())
        return described
    except FileNotFoundError:
        pass
    return None


def stop() -> bool:
    """Stop the run that is going on, and what a killed one left; whether there was one."""
    current = running()
    if current is not None:
        os.kill(current["pid"], signal.SIGTERM)
        deadline = time.monotonic() + 30
        while running() == current and time.monotonic() < deadline:
            time.sleep(0.05)
        if running() == current:
            os.kill(current["pid"], signal.SIGKILL)
    if RUNS.is_dir():
        stop_all(RUNS.iterdir())
    return current is not None


def tidy(directory: Path) -> None:
    """The janitor: wait for the supervisor's end, then stop its processes and its servers."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    while os.read(sys.stdin.fileno(), 1):
        pass
    stop_all([directory])
    if not (servers.has_own_database() and servers.has_own_broker()):
        servers.release()


def _serve(port: int, with_demo: bool, directory: Path, ending: threading.Event) -> int:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "housingfirst.settings.local",
        "DATABASE_URL": servers.database_url(),
        "REDIS_URL": servers.redis_url(),
        "PROMETHEUS_MULTIPROC_DIR": str(directory / "metrics"),
        "PYTHONUNBUFFERED": "1",
    }
    Path(env["PROMETHEUS_MULTIPROC_DIR"]).mkdir()
    demo = [] if with_demo else ["--no-demo"]
    command = [sys.executable, "-m", "housingfirst.prepare", *demo]
    preparing = launch("prepare", command, directory=directory, env=env, cwd=PROJECT)
    while preparing.poll() is None and not ending.wait(0.05):
        pass
    if ending.is_set():
        return 0
    if preparing.returncode:
        raise LocalError("The site could not be prepared: the lines above say why.")
    children = _launch_all(port, directory, env)
    _wait_for_answer(port, children, ending)
    if not ending.is_set():
        print(WELCOME.read_text(), flush=True)
        print(f"Bolig først runs at http://{HOST}:{port} until you press Ctrl-C.", flush=True)
    while not ending.wait(0.5):
        _check_alive(children)
    return 0


def _launch_all(
    port: int, directory: Path, env: dict[str, str]
) -> dict[str, subprocess.Popen[bytes]]:
    celery = ["celery", "-A", "housingfirst.celery"]
    commands = {
        "web": ["gunicorn", "-c", "python:housingfirst.web", "-b", f"{HOST}:{port}"],
        "worker": [*celery, "worker", "--loglevel", "info"],
        "beat": [*celery, "beat", "--pidfile", "", "--schedule", str(LOCAL / "beat-schedule")],
    }
    children = {}
    for name, arguments in commands.items():
        log = LOGS / f"{name}.log"
        log.unlink(missing_ok=True)
        command = [sys.executable, "-m", *arguments]
        # A job may ask the database for longer than a page, but for less than its own limit.
        own = env | {"STATEMENT_TIMEOUT_SECONDS": "240"} if name == "worker" else env
        children[name] = launch(name, command, directory=directory, env=own, cwd=PROJECT, log=log)
    return children


def _wait_for_answer(
    port: int, children: dict[str, subprocess.Popen[bytes]], ending: threading.Event
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ending.wait(0.05) and not _answers(port):
        _check_alive(children)
        if time.monotonic() > deadline:
            raise LocalError(f"The site did not answer within {START_SECONDS} s: look in {LOGS}.")


def _check_alive(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            log = LOGS / f"{name}.log"
            last = log.read_text(errors="replace").strip().rsplit("\n", 1)[-1]
            raise LocalError(f"The {name} process has ended; {log} says why: {last}")


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise LocalError(
                f"Only root may use port {port}: choose one above 1023 with `make run PORT=8001`."
            ) from None
        except OSError:
            raise LocalError(
                f"Port {port} is taken by another program: end it, or choose another port "
                f"with `make run PORT={port + 1}`."
            ) from None


def _end_on_signals(ending: threading.Event) -> None:
    """Set `ending` when asked to stop, and when the `make` above is gone."""

    def end(number: int, frame: FrameType | None) -> None:
        if ending.is_set():  # a second Ctrl-C: no more patience
            stop_all(RUNS.iterdir(), grace_seconds=0)
        ending.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    if "MAKELEVEL" in os.environ:
        parent = os.getppid()

        def follow() -> None:
            while os.getppid() == parent:
                time.sleep(0.5)
            ending.set()

        threading.Thread(target=follow, daemon=True).start()


@contextmanager
def _sole_supervisor(port: int) -> Iterator[None]:
    with LOCK.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            current = running() or {"port": port}
            raise LocalError(
                f"It is already running at http://{HOST}:{current['port']}: "
                "use that one, or end it with `make stop`."
            ) from None
        _describe(lock, port)
        yield


def _describe(lock: TextIO, port: int) -> None:
    lock.seek(0)
    lock.truncate()
    json.dump({"pid": os.getpid(), "port": port}, lock)
    lock.flush()


@contextmanager
def _janitor(directory: Path) -> Iterator[None]:
    receiving, sending = os.pipe()
    janitor = subprocess.Popen(
        [sys.executable, "-m", "housingfirst.local", "tidy", str(directory)],
        stdin=receiving,
        cwd=PROJECT,
        start_new_session=True,
    )
    os.close(receiving)
    try:
        yield
    finally:
        os.close(sending)
        janitor.wait()
