"""Servers that live exactly as long as one process, however that process ends.

A small guardian process holds the other end of a pipe. When the owner ends, by itself or killed,
the pipe closes and the guardian stops the servers and deletes their directory.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from housingfirst.local.accounts import server_account
from housingfirst.local.places import PROJECT, memory_home, scratch_home
from housingfirst.local.postgres import Cluster
from housingfirst.local.valkey import Broker

PREFIX = "hft-"
GUARD = "guardian.lock"  # held while the guardian lives


@dataclass(frozen=True, slots=True)
class Servers:
    """A throw-away cluster and broker in one directory; each starts when first asked for."""

    home: Path

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.home, self.home / "run", is_throwaway=True)

    @property
    def broker(self) -> Broker:
        return Broker(self.home, self.home / "run", is_throwaway=True)

    def discard(self) -> None:
        """Stop what runs and delete everything."""
        if self.home.exists():
            self.cluster.destroy()
            self.broker.destroy()
            for path in sorted(self.home.rglob("*"), reverse=True):
                with suppress(FileNotFoundError):
                    path.rmdir() if path.is_dir() else path.unlink()
            self.home.rmdir()


class Guarded:
    """Throw-away servers with their guardian; `close` waits until they are gone.

    `in_memory` is for little data: a test session's, not a benchmark's.
    """

    def __init__(self, *, in_memory: bool = False) -> None:
        account = server_account()
        base = memory_home(account) if in_memory else scratch_home(account)
        _sweep(base)
        home = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        home.chmod(0o755)
        account.own(home / "run")
        self.servers = Servers(home)
        receiving, self._sending = os.pipe()
        self.guardian = subprocess.Popen(
            [sys.executable, "-m", "housingfirst.local.throwaway", str(home)],
            stdin=receiving,
            cwd=PROJECT,
            start_new_session=True,  # a Ctrl-C in the terminal is for the owner alone
        )
        os.close(receiving)

    def close(self) -> None:
        """Let the guardian do its work and wait for it."""
        os.close(self._sending)
        self.guardian.wait()


def guard(home: Path) -> None:
    """Wait until the owner has ended, then discard its servers: the guardian's whole life."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with (home / GUARD).open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        while os.read(sys.stdin.fileno(), 1):
            pass
        Servers(home).discard()


def _sweep(base: Path) -> None:
    """Discard servers whose guardian was killed as well."""
    for guard_file in base.glob(f"{PREFIX}*/{GUARD}"):
        with suppress(OSError), guard_file.open("r+") as free:  # somebody else's, or alive
            fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)
            Servers(guard_file.parent).discard()


if __name__ == "__main__":
    guard(Path(sys.argv[1]))
