"""Where the embedded servers keep their data, sockets and programs."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
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
    home.mkdir(parents=True, exist_ok=True, mode=0o755)
    return home


def socket_home(account: Account, home: Path) -> Path:
    """A private directory for sockets, beside the data if the path is short enough.

    Raises LocalError when somebody else sits on the directory.
    """
    sockets = home / "run"
    if len(str(sockets / SOCKET_NAME).encode()) > SOCKET_BYTES:
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


def reachable_tree(account: Account, tree: Path, program: str) -> Path:
    """The directory `tree` of programs, or a copy of it that `account` may run.

    `program` is the path of one program inside. A `.venv` in root's closed home is the reason.
    """
    if account.reaches(tree / program):
        return tree
    copy = _shared_home(account) / f"programs-{_digest(tree)}-{tree.stat().st_mtime_ns}"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        with tempfile.TemporaryDirectory(dir=copy.parent) as scratch:
            fresh = Path(scratch) / "tree"
            shutil.copytree(tree, fresh, symlinks=True)
            fresh.chmod(0o755)
            try:
                fresh.rename(copy)
            except OSError:
                if not copy.exists():  # another process was not faster: a real failure
                    raise
    return copy


def _shared_home(account: Account) -> Path:
    for base in _bases():
        if base.is_dir() and account.reaches(base):
            return base / "housingfirst"
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
