"""The processes of one run: started in groups of their own, found again and stopped by anyone.

Each process inherits an open, locked file that holds its process id. While the lock is held some
process of the group lives, so the id in it cannot have been given to anybody else.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

# Writes its own id into the held file before it becomes the program: no gap to be killed in.
LAUNCHER = 'echo $$ >&0; exec "$@"'


def launch(
    name: str,
    command: Sequence[str],
    *,
    directory: Path,
    env: Mapping[str, str],
    cwd: Path,
    log: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a group of its own, with its output in `log` or on the terminal."""
    with ExitStack() as stack:
        held = stack.enter_context((directory / f"{name}.pid").open("w+"))
        fcntl.flock(held, fcntl.LOCK_EX)
        output = stack.enter_context(log.open("ab")) if log else None
        return subprocess.Popen(
            ["/bin/sh", "-c", LAUNCHER, "sh", *command],
            stdin=held,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=dict(env),
            cwd=cwd,
            pass_fds=[held.fileno()],  # for those descendants that close their input
            start_new_session=True,
        )


def stop_all(directories: Iterable[Path], *, grace_seconds: float = 12.0) -> None:
    """Stop every process launched in `directories` and delete them.

    Asks first; what still lives after `grace_seconds` is killed.
    """
    directories = [directory for directory in directories if directory.is_dir()]
    living = [path for directory in directories for path in directory.glob("*.pid") if _lives(path)]
    for path in living:
        _signal(path, signal.SIGTERM)
    deadline = time.monotonic() + grace_seconds
    while living and time.monotonic() < deadline:
        time.sleep(0.05)
        living = [path for path in living if _lives(path)]
    for path in living:
        _signal(path, signal.SIGKILL)
    while any(_lives(path) for path in living):
        time.sleep(0.02)
    for directory in directories:
        shutil.rmtree(directory, ignore_errors=True)


def _lives(path: Path) -> bool:
    try:
        with path.open("r+") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


def _signal(path: Path, number: signal.Signals) -> None:
    with suppress(FileNotFoundError, ValueError, ProcessLookupError):
        os.killpg(int(path.read_text()), number)
