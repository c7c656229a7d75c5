"""Leases: the last user stops the servers, and a killed one does not count."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from housingfirst.local import servers
from housingfirst.local.places import PROJECT
from housingfirst.local.postgres import Cluster
from housingfirst.local.valkey import Broker


@pytest.fixture(autouse=True)
def own_servers(
    home: Path, cluster: Cluster, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(servers, "home", lambda: home)
    monkeypatch.setattr(servers, "cluster", lambda: cluster)
    monkeypatch.setattr(servers, "broker", lambda: broker)


def test_last_user_stops_the_servers(cluster: Cluster, broker: Broker) -> None:
    with servers.leased():
        with servers.leased():
            assert cluster.is_running()
            assert broker.is_running()
        assert cluster.is_running()
        assert not servers.release()
        assert not servers.erase()
    assert not cluster.is_running()
    assert not broker.is_running()


def test_killed_user_does_not_count(home: Path, cluster: Cluster) -> None:
    code = (
        "import fcntl, os, signal, sys; lease = open(sys.argv[1], 'w');"
        "fcntl.flock(lease, fcntl.LOCK_SH); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(home / "lease")], cwd=PROJECT, check=False)
    with servers.leased():
        assert cluster.is_running()
    assert not cluster.is_running()


def test_servers_of_ones_own_are_left_alone(
    cluster: Cluster, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://mine")
    monkeypatch.setenv("REDIS_URL", "redis://mine")
    with servers.leased():
        assert not cluster.is_running()
        assert not broker.is_running()
    assert (servers.database_url(), servers.redis_url()) == ("postgresql://mine", "redis://mine")


def test_only_what_is_missing_is_started(
    cluster: Cluster, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://mine")
    with servers.leased():
        assert not cluster.is_running()
        assert broker.is_running()


def test_erase_deletes_the_data(cluster: Cluster) -> None:
    with servers.leased():
        assert cluster.data.exists()
    assert servers.erase()
    assert not cluster.data.exists()
    assert os.listdir(cluster.sockets) == []
