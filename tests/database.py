"""A migrated database that every test database of a session is copied from.

Migrating from nothing takes many seconds, so the migrated cluster is kept in `.local/tests/` under
a fingerprint of what made it. The next session with the same migrations starts from a copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from housingfirst.local import postgres
from housingfirst.local.places import LOCAL, PROJECT
from housingfirst.local.postgres import Cluster
from housingfirst.settings import urls

TEMPLATE = "migrated_template"
KEPT = LOCAL / "tests"
MOST_KEPT = 3


def start_with_template(cluster: Cluster, entry: dict[str, Any]) -> None:
    """Have the session's cluster running with the template in it, and lead `entry` there.

    `entry` is the connection's settings dictionary. Workers of one session take turns.
    """
    with _locked(cluster.home / "template.lock"):
        if not cluster.is_running():
            kept = KEPT / _fingerprint()
            if kept.is_dir():
                _copy(kept, cluster.data)
                cluster.start()
            else:
                cluster.start()
                _migrate_template(cluster, entry)
                cluster.stop()
                _keep(cluster.data, kept)
                cluster.start()
    entry |= urls.database(cluster.url)
    entry["TEST"] |= {"TEMPLATE": TEMPLATE, "MIGRATE": False}  # the copy is migrated already


def _migrate_template(cluster: Cluster, entry: dict[str, Any]) -> None:
    before, test = dict(entry), dict(entry["TEST"])
    entry |= urls.database(cluster.url)
    entry["TEST"]["NAME"] = TEMPLATE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    entry |= before
    entry["TEST"] |= test


def _fingerprint() -> str:
    """Of all that decides what a migrated cluster looks like."""
    digest = hashlib.sha256()
    migrations = PROJECT.glob("*/**/migrations/*.py")
    for path in sorted([*migrations, Path(postgres.__file__), PROJECT / "requirements/dev.txt"]):
        digest.update(str(path.relative_to(PROJECT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _keep(data: Path, kept: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    draft = KEPT / f"{kept.name}.{data.parent.name}"
    _copy(data, draft)
    try:
        draft.rename(kept)
    except OSError:  # another session was faster
        shutil.rmtree(draft)
    for old in sorted(KEPT.iterdir(), key=lambda path: path.stat().st_mtime)[:-MOST_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """With its owners, which `shutil` would change."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
