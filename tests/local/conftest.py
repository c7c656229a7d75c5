"""Directories and copies in which servers may be started and killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from housingfirst.local.accounts import server_account
from housingfirst.local.places import PROJECT, scratch_home
from housingfirst.local.postgres import Cluster
from housingfirst.local.valkey import Broker


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty directory, odd in name, that the servers' account reaches; pytest's is closed."""
    scratch = Path(tempfile.mkdtemp(prefix="hf ", dir=scratch_home(server_account())))
    scratch.chmod(0o755)
    home = scratch / "it's a “home” æøå"
    home.mkdir()
    server_account().own(home / "run")
    yield home
    Cluster(home, home / "run").stop(immediately=True)
    Broker(home, home / "run").stop()
    shutil.rmtree(scratch)


@pytest.fixture
def cluster(home: Path) -> Cluster:
    return Cluster(home, home / "run", is_throwaway=True)


@pytest.fixture
def broker(home: Path) -> Broker:
    return Broker(home, home / "run")


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """A copy of the project in a path with spaces, with this Python's packages beside it."""
    scratch = Path(tempfile.mkdtemp(prefix="hf ", dir=scratch_home(server_account())))
    scratch.chmod(0o755)
    copy = scratch / "a checkout"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", ".local", ".*_cache", ".hypothesis", "__pycache__", "docs", "tests"
    )
    shutil.copytree(PROJECT, copy, ignore=ignored)
    yield copy
    local(copy, "stop", check=False)
    shutil.rmtree(scratch, ignore_errors=True)


def local(
    checkout: Path, command: str, *, check: bool = True, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run one of the local commands in the checkout, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "housingfirst.local", command],
        cwd=checkout,
        env=clean_environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=check,
        timeout=120,
    )


def clean_environment(**changes: str) -> dict[str, str]:
    """A newcomer's environment: without what the tests' own process was told."""
    hidden = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "MAKELEVEL", "PYTHONPATH"}
    return {k: v for k, v in os.environ.items() if k not in hidden} | changes
