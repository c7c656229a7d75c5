"""Where the embedded servers keep their data, sockets and programs."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from housingfirst.local.accounts import Account
from housingfirst.local.errors import LocalError

PROJECT = Path(__file__).resolve().parent.parent.parent
LOCAL = PROJECT / ".local"

# A unix socket's path has room for 107 bytes on Linux and 103 on macOS.
SOCKET_BYTES = 103
SOCKET_NAME = ".s.PGSQL.5432"


def data_home(account: Account, project: Path = PROJECT) -> Path:
    """The directory for the servers' data: `.local/` where `account` reaches it, else elsewhere.

    As root in a home directory closed to others it is a directory per project under /var/lib.
    """
    local = project / ".local"
    local.mkdir(exist_ok=True)
    if account.reaches(local):
        return local
    home = _shared_home(account) / _slug(project)
    home.mkdir(exist_ok=True, mode=0o755)
    return home


def socket_home(account: Account, home: Path) -> Path:
    """A private directory for sockets, beside the data unless the path is too long for one.

    PostgreSQL's clients take a comma in it for the end of a name.

    Raises LocalError when somebody else sits on the directory.
    """
    sockets = home / "run"
    path = str(sockets / SOCKET_NAME)
    if len(path.encode()) > SOCKET_BYTES or "," in path:
        sockets = scratch_home(account) / f"hf-{account.uid}-{_digest(home)}"
    account.own(sockets)
    return sockets


def scratch_home(account: Account) -> Path:
    """The first directory for temporary files that `account` reaches and that is short."""
    for path in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        if len(str(path).encode()) <= SOCKET_BYTES // 2 and account.reaches(path):
            return path
    raise LocalError(
        f"The account {account.name} cannot write temporary files: set TMPDIR to a directory it "
        "may enter."
    )


def memory_home(account: Account) -> Path:
    """A directory in memory for what is small and short-lived, if a gigabyte is free there."""
    memory = Path("/dev/shm")
    may_write = memory.is_dir() and os.access(memory, os.W_OK) and account.reaches(memory)
    if may_write and shutil.disk_usage(memory).free >= 1024**3:
        return memory
    return scratch_home(account)


def reachable(account: Account, package: str, program: str) -> Path | None:
    """The path of `program` inside an installed package, or of a copy that `account` may run.

    None when the package or the program is not there. A `.venv` in root's closed home is why there
    are copies: the package with the libraries that its wheel brought.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    site = Path(spec.origin).parent.parent
    installed = next((site / package).glob(program), None)
    if installed is None or account.reaches(installed):
        return installed
    copy = _shared_home(account) / f"{package}-{version(package.replace('_', '-'))}"
    if not copy.exists():
        with tempfile.TemporaryDirectory(dir=copy.parent) as scratch:
            fresh = Path(scratch) / "copy"
            for part in (package, f"{package}.libs"):
                if (site / part).is_dir():
                    shutil.copytree(site / part, fresh / part, symlinks=True)
            with suppress(OSError):  # another process may have been faster
                fresh.rename(copy)
    return copy / installed.relative_to(site)


def _shared_home(account: Account) -> Path:
    for base in _bases():
        if base.is_dir() and account.reaches(base) and os.access(base, os.W_OK):
            home = base / "housingfirst"
            home.mkdir(exist_ok=True, mode=0o755)
            if home.lstat().st_uid == os.geteuid():
                return home
    raise LocalError(
        f"There is no directory for data that the account {account.name} may enter: "
        "set TMPDIR to one."
    )


def _bases() -> Iterator[Path]:
    yield Path("/var/lib")
    yield Path("/usr/local/var")
    yield Path(tempfile.gettempdir())


def _slug(project: Path) -> str:
    name = re.sub(r"[^A-Za-z0-9]+", "-", project.name).strip("-").lower() or "project"
    return f"{name}-{_digest(project)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]
