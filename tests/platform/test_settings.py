"""C22, C24, R26: production starts with all its secrets or says in one sentence what is missing."""

from __future__ import annotations

import base64
import runpy
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from housingfirst.settings import env, urls

KEY = base64.b64encode(bytes(32)).decode()
GOOD = {
    "SECRET_KEY": "a" * 30 + "bcdefghijklmnopqrstuvwxyz0123456789",
    "CPR_ENCRYPTION_KEYS": f"2:{KEY},1:{KEY}",
    "CPR_INDEX_KEY": KEY,
    "ALLOWED_HOSTS": "bolig.example, www.bolig.example",
    "DATABASE_URL": "postgresql://u:p@db.example:5433/hf?sslmode=verify-full",
    "REDIS_URL": "redis://broker.example:6379/0",
    "EMAIL_URL": "smtp://u:p@mail.example:587",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    kept = structlog.get_config()
    yield monkeypatch
    structlog.configure(**kept)


def production() -> dict[str, Any]:
    found = runpy.run_module("housingfirst.settings.production")
    return {name: value for name, value in found.items() if name.isupper()}


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_C22_refuses_to_start_without(
    environment: pytest.MonkeyPatch, name: str, value: str | None
) -> None:
    if value is None:
        environment.delenv(name)
    else:
        environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"Set the environment variable {name}:"):
        production()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CPR_ENCRYPTION_KEYS", KEY),
        ("CPR_ENCRYPTION_KEYS", "1:too-short"),
        ("CPR_ENCRYPTION_KEYS", f"1:{KEY},1:{KEY}"),
        ("CPR_ENCRYPTION_KEYS", f"256:{KEY}"),
        ("CPR_ENCRYPTION_KEYS", f"x:{KEY}"),
        ("CPR_INDEX_KEY", "not base64!"),
        ("CPR_INDEX_KEY", base64.b64encode(bytes(16)).decode()),
    ],
)
def test_R26_malformed_key_is_refused_without_being_quoted(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name) as refusal:
        production()
    assert value not in str(refusal.value)


def test_keys_keep_their_order(environment: pytest.MonkeyPatch) -> None:
    assert list(production()["CPR_ENCRYPTION_KEYS"]) == ["2", "1"]


def test_C23_cookies_are_bound_to_the_host(environment: pytest.MonkeyPatch) -> None:
    settings = production()
    for cookie in ("SESSION", "CSRF"):
        assert settings[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert settings[f"{cookie}_COOKIE_SECURE"]
        assert settings[f"{cookie}_COOKIE_HTTPONLY"]  # the token is in the page
        assert settings[f"{cookie}_COOKIE_SAMESITE"] == "Lax"


def test_proxys_word_counts_only_behind_one(environment: pytest.MonkeyPatch) -> None:
    assert production()["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")
    environment.setenv("TRUSTED_PROXY_COUNT", "0")
    assert "SECURE_PROXY_SSL_HEADER" not in production()


SECURITY = (
    "DEBUG", "ALLOWED_HOSTS", "SECRET_KEY", "SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SECURE", "X_FRAME_OPTIONS", "SECURE_REFERRER_POLICY", "SILENCED_SYSTEM_CHECKS",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (None, None),
        ("DEBUG", True),
        ("ALLOWED_HOSTS", []),
        ("SECRET_KEY", "short"),
        ("SECURE_HSTS_SECONDS", 0),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", False),
        ("SECURE_SSL_REDIRECT", False),
        ("SESSION_COOKIE_SECURE", False),
        ("SESSION_COOKIE_HTTPONLY", False),
        ("CSRF_COOKIE_SECURE", False),
        ("X_FRAME_OPTIONS", "SAMEORIGIN"),
        ("SECURE_REFERRER_POLICY", None),
    ],
)
def test_C24_djangos_list_is_clean_and_sees_each_broken_setting(
    environment: pytest.MonkeyPatch, name: str | None, value: Any
) -> None:
    found = production()
    changed = {key: found[key] for key in SECURITY} | ({name: value} if name else {})
    with override_settings(**changed):
        problems = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert bool([problem for problem in problems if not problem.is_silenced()]) == bool(name)


def test_database_address() -> None:
    entry = urls.database("postgresql://u:p%40ss@db.example:5433/hf?sslmode=verify-full")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "5433", "hf")
    assert (entry["USER"], entry["PASSWORD"]) == ("u", "p@ss")
    assert entry["OPTIONS"]["sslmode"] == "verify-full"
    assert "statement_timeout" in entry["OPTIONS"]["options"]
    assert entry["ATOMIC_REQUESTS"]
    assert entry["CONN_HEALTH_CHECKS"]


def test_database_address_of_a_socket_keeps_its_letters() -> None:
    entry = urls.database("postgresql://u@%2Ftmp%2FA%20b/hf")
    assert (entry["HOST"], entry["PORT"]) == ("/tmp/A b", "")


@pytest.mark.parametrize("url", ["mysql://u@h/n", "postgresql://u@h", "", "postgresql://"])
def test_other_database_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="looks like postgresql://"):
        urls.database(url)


@pytest.mark.parametrize(
    ("url", "port", "is_tls", "is_ssl"),
    [
        ("smtp://u:p@mail.example", 587, True, False),
        ("smtps://u:p@mail.example", 465, False, True),
        ("smtp://localhost:25?tls=no", 25, False, False),
    ],
)
def test_mail_address(url: str, port: int, is_tls: bool, is_ssl: bool) -> None:
    entry = urls.email(url)
    assert entry["EMAIL_PORT"] == port
    assert (entry["EMAIL_USE_TLS"], entry["EMAIL_USE_SSL"]) == (is_tls, is_ssl)


def test_other_mail_addresses_are_refused() -> None:
    with pytest.raises(ValueError, match="looks like smtp://"):
        urls.email("http://mail.example")


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("0", False), ("", False)])
def test_flag(monkeypatch: pytest.MonkeyPatch, said: str, meant: bool) -> None:
    monkeypatch.setenv("DEBUG", said)
    assert env.flag("DEBUG") is meant


@pytest.mark.parametrize("read", [env.flag, lambda name: env.number(name, 1)])
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, read: Any) -> None:
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DEBUG must be"):
        read("DEBUG")
