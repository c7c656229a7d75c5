"""A throw-away database (and broker, for those that ask) for the whole test session."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import DjangoDbBlocker

from housingfirst.local.throwaway import Guarded, Servers
from housingfirst.settings import urls

# How the session's own directory is told to the workers of `pytest -n`.
HOME_VARIABLE = "HOUSINGFIRST_TEST_SERVERS"
GUARDED = pytest.StashKey[Guarded]()
TEMPLATE = "migrated_template"


def pytest_configure(config: pytest.Config) -> None:
    """In the process that owns the session, not in its workers: make what all will use."""
    if HOME_VARIABLE not in os.environ:
        guarded = config.stash[GUARDED] = Guarded()
        os.environ[HOME_VARIABLE] = str(guarded.servers.home)


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
    request: pytest.FixtureRequest,
    django_db_blocker: DjangoDbBlocker,
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Start the cluster when the first test wants a database and no DATABASE_URL names one."""
    entry: dict[str, Any] = connection.settings_dict
    if "DATABASE_URL" not in os.environ:
        servers.cluster.start()
        entry |= urls.database(servers.cluster.url)
    entry["CONN_MAX_AGE"] = 0
    if hasattr(request.config, "workerinput"):
        with django_db_blocker.unblock(), _locked(servers.home / "template.lock") as lock:
            if not lock.read():
                _create_template(entry)
                lock.write("made")
        entry["TEST"]["TEMPLATE"] = TEMPLATE


def _create_template(entry: dict[str, Any]) -> None:
    """Migrate one database that each worker's own is copied from."""
    name, test_name = entry["NAME"], entry["TEST"]["NAME"]
    entry["TEST"]["NAME"] = TEMPLATE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    entry["NAME"], entry["TEST"]["NAME"] = name, test_name


@contextmanager
def _locked(path: Path) -> Iterator[TextIO]:
    """The file at `path`, open for reading and appending, held by this process alone."""
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        yield file
