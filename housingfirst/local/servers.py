"""The project's own embedded servers: one PostgreSQL cluster and one Valkey per checkout.

Whoever uses them holds a lease; the last to leave stops them. A lease is a shared lock on a file,
so that a killed user leaves no trace of itself.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from housingfirst.local.accounts import server_account
from housingfirst.local.places import PROJECT, data_home, socket_home
from housingfirst.local.postgres import Cluster
from housingfirst.local.valkey import Broker


@cache
def home() -> Path:
    """Where the checkout's servers keep their data."""
    return data_home(server_account(), PROJECT)


@cache
def cluster() -> Cluster:
    """The checkout's PostgreSQL, started or not."""
    return Cluster(home(), socket_home(server_account(), home()))


@cache
def broker() -> Broker:
    """The checkout's Valkey, started or not."""
    return Broker(home(), socket_home(server_account(), home()))


def has_own_database() -> bool:
    """Whether the environment names a database, so that none is started."""
    return bool(os.environ.get("DATABASE_URL"))


def has_own_broker() -> bool:
    """Whether the environment names a broker, so that none is started."""
    return bool(os.environ.get("REDIS_URL"))


def database_url() -> str:
    """DATABASE_URL, or the address of the embedded PostgreSQL."""
    return os.environ.get("DATABASE_URL") or cluster().url


def redis_url() -> str:
    """REDIS_URL, or the address of the embedded Valkey."""
    return os.environ.get("REDIS_URL") or broker().url


@contextmanager
def leased() -> Iterator[None]:
    """Have the servers running that the environment does not name; the last user stops them."""
    if has_own_database() and has_own_broker():
        yield
        return
    with (home() / "lease").open("w") as lease:
        fcntl.flock(lease, fcntl.LOCK_SH)
        if not has_own_database():
            cluster().start()
        if not has_own_broker():
            broker().start()
        try:
            yield
        finally:
            _stop_if_last(lease.fileno())


def release() -> bool:
    """Stop the servers unless somebody holds a lease; whether they are stopped now."""
    with (home() / "lease").open("w") as lease:
        return _stop_if_last(lease.fileno())


def erase() -> bool:
    """Stop the servers and delete their data, unless somebody holds a lease; whether it is done."""
    if not release():
        return False
    for directory in (cluster().data, broker().data):
        shutil.rmtree(directory, ignore_errors=True)
    return True


def _stop_if_last(lease: int) -> bool:
    try:
        fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    cluster().stop()
    broker().stop()
    return True
