"""A throw-away database (and broker, for those that ask) for the whole test session."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from housingfirst.local.throwaway import Guarded, Servers
from tests.database import start_with_template

# How the session's own directory is told to the workers of `pytest -n`.
HOME_VARIABLE = "HOUSINGFIRST_TEST_SERVERS"
# What the owner of the table can and the site never does.
EMPTY_ACCESS_LOG = """
GRANT DELETE ON access_entry TO CURRENT_USER;
ALTER TABLE access_entry DISABLE TRIGGER access_entry_append_only;
DELETE FROM access_entry;
ALTER TABLE access_entry ENABLE TRIGGER access_entry_append_only;
REVOKE DELETE ON access_entry FROM CURRENT_USER;
"""
TESTS = Path(__file__).parent
LONG = frozenset({"e2e", "test_run.py"})
GUARDED = pytest.StashKey[Guarded]()

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    """In the process that owns the session, not in its workers: make what all will use."""
    if HOME_VARIABLE not in os.environ:
        guarded = config.stash[GUARDED] = Guarded(in_memory=True)
        os.environ[HOME_VARIABLE] = str(guarded.servers.home)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process is left with it at the end."""
    items.sort(key=lambda item: LONG.isdisjoint(item.path.relative_to(TESTS).parts))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look through it, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    guarded = config.stash.get(GUARDED, None)
    if guarded is not None:
        guarded.close()
        del os.environ[HOME_VARIABLE]


@pytest.fixture(autouse=True)
def in_danish() -> None:
    """A request leaves its language behind in the thread; each test begins with ours."""
    translation.deactivate()


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """The database is there before the server, so that the server ends before the database."""
    return live_server


@pytest.fixture(scope="session")
def servers() -> Servers:
    """The session's throw-away servers; start the one that is needed."""
    return Servers(Path(os.environ[HOME_VARIABLE]))


@pytest.fixture(scope="session")
def redis_url(servers: Servers) -> str:
    """The address of a running broker: REDIS_URL, or the session's own Valkey."""
    if "REDIS_URL" in os.environ:
        return os.environ["REDIS_URL"]
    servers.broker.start()
    return servers.broker.url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    servers: Servers,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Start the cluster when the first test wants a database and no DATABASE_URL names one."""
    entry: dict[str, Any] = connection.settings_dict
    if "DATABASE_URL" not in os.environ:
        with django_db_blocker.unblock():
            start_with_template(servers.cluster, entry)
    entry["CONN_MAX_AGE"] = 0


@pytest.fixture(autouse=True)
def emptied_access_log(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """What a test commits is flushed, but not the log, which refuses: empty it as its owner may."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if commits or "transactional_db" in request.fixturenames:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(EMPTY_ACCESS_LOG)
