"""What machines ask, and what they are told when something is away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from housingfirst import health


@pytest.fixture
def live_broker(settings: Settings, redis_url: str) -> None:
    settings.REDIS_URL = redis_url


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)


def test_C25_process_lives_without_a_database(client: Client) -> None:
    # No database is marked for this test: touching one fails it.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_C25_ready_when_all_is_there(client: Client, live_broker: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert set(response.json().values()) == {"ok"}


@pytest.mark.django_db
def test_R05_broker_away_only_degrades(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == response.json()["broker"] == "degraded"


@pytest.mark.django_db
def test_R23_nearly_full_disk_only_degrades(
    client: Client, live_broker: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == response.json()["disk"] == "degraded"


@pytest.mark.django_db
def test_C25_not_ready_before_the_migrations(client: Client, live_broker: None) -> None:
    latest = MigrationLoader(connection).graph.leaf_nodes("access")[0]
    MigrationRecorder(connection).record_unapplied(*latest)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] == "failed"


def test_C25_database_away_is_503_while_the_process_lives(
    client: Client, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    with django_db_blocker.unblock(), _database_at(tmp_path):
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["database"] == response.json()["status"] == "failed"
        assert client.get("/healthz").status_code == 200


def test_R01_page_without_its_database_is_503_and_says_when_to_return(
    client: Client, django_db_blocker: DjangoDbBlocker, tmp_path: Path
) -> None:
    client.raise_request_exception = False
    with django_db_blocker.unblock(), _database_at(tmp_path):
        client.cookies["sessionid"] = "somebody-was-logged-in"
        response = client.get("/")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"


class _database_at:
    """The default connection leads to a directory in which no server listens."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def __enter__(self) -> None:
        connection.close()
        self._kept: dict[str, Any] = dict(connection.settings_dict)
        connection.settings_dict["HOST"] = str(self._directory)

    def __exit__(self, *failure: object) -> None:
        connection.close()
        connection.settings_dict.update(self._kept)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_only_reading(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


class TestMetrics:
    def test_C25_hidden_unless_configured(self, client: Client) -> None:
        assert client.get("/metrics").status_code == 404

    @pytest.mark.parametrize("header", ["Bearer wrong", "Bearer ", "Basic right", "right"])
    def test_C25_hidden_from_a_wrong_token(
        self, client: Client, settings: Settings, header: str
    ) -> None:
        settings.METRICS_TOKEN = "right"
        assert client.get("/metrics", headers={"Authorization": header}).status_code == 404

    def test_shown_to_the_token(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = "right"
        response = client.get("/metrics", headers={"Authorization": "Bearer right"})
        assert response.status_code == 200
        assert b"django_http_requests_total_by_method_total" in response.content

    def test_shown_to_an_address(self, client: Client, settings: Settings) -> None:
        settings.METRICS_ADDRESSES = ["192.0.2.7"]
        assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 200
        assert client.get("/metrics", REMOTE_ADDR="192.0.2.8").status_code == 404
