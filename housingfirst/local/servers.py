"""The project's own embedded servers: one PostgreSQL cluster and one Valkey per checkout."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from housingfirst.local.accounts import server_account
from housingfirst.local.places import PROJECT, data_home, socket_home
from housingfirst.local.postgres import Cluster
from housingfirst.local.valkey import Broker


@cache
def cluster(project: Path = PROJECT) -> Cluster:
    """The checkout's PostgreSQL, started or not."""
    account = server_account()
    home = data_home(account, project)
    return Cluster(home, socket_home(account, home), account=account)


@cache
def broker(project: Path = PROJECT) -> Broker:
    """The checkout's Valkey, started or not."""
    account = server_account()
    home = data_home(account, project)
    return Broker(home, socket_home(account, home), account=account)


def database_url() -> str:
    """DATABASE_URL, or the address of the embedded PostgreSQL."""
    return os.environ.get("DATABASE_URL") or cluster().url


def redis_url() -> str:
    """REDIS_URL, or the address of the embedded Valkey."""
    return os.environ.get("REDIS_URL") or broker().url
