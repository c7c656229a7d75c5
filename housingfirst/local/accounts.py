"""Which operating system account the servers run as.

PostgreSQL refuses to run as root. Started by root, the servers run as an account without rights;
started by anyone else, as that person.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypedDict

from housingfirst.local.errors import LocalError

# The account made for PostgreSQL comes first; every system has the second.
CANDIDATES = ("postgres", "nobody")


class Credentials(TypedDict, total=False):
    """Keyword arguments for `subprocess` that drop to an account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """The account the servers run as; `is_own` when no change of account is needed."""

    name: str
    uid: int
    gid: int
    is_own: bool

    @property
    def credentials(self) -> Credentials:
        if self.is_own:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run `command` as this account with no input; the result holds both its outputs."""
        return subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            **self.credentials,
        )

    def reaches(self, path: Path) -> bool:
        """Whether this account may enter the directory `path`, or run the program there."""
        if self.is_own:
            return os.access(path, os.X_OK)
        return self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", path]).returncode == 0

    def own(self, path: Path) -> None:
        """Make the directory `path` with what leads to it; nobody else may enter it.

        Raises LocalError when the directory is somebody else's.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            status = path.lstat()
            if status.st_uid != self.uid or path.is_symlink() or not path.is_dir():
                raise LocalError(
                    f"The directory {path} belongs to another account: move or delete it."
                ) from None
        else:
            if not self.is_own:
                shutil.chown(path, self.uid, self.gid)
        path.chmod(0o700)


@cache
def server_account() -> Account:
    """The account for the servers of this process. Raises LocalError when root finds none."""
    if os.geteuid() != 0:
        uid = os.geteuid()
        return Account(name=_name_of(uid), uid=uid, gid=os.getegid(), is_own=True)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid, is_own=False)
    raise LocalError(
        "PostgreSQL will not run as root, and there is no account to run it as: "
        "create one with `useradd postgres`, or start this as an ordinary user."
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise LocalError(
            f"The user id {uid} has no name in /etc/passwd, which PostgreSQL needs: "
            "run this as a user that has one."
        ) from None
