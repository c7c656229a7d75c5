"""C23: the headers of every answer, as the security plan words them."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/login/", "/healthz", "/no-such-page/", "/metrics"])
def test_C23_headers(client: Client, path: str) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"].split("; ")
    assert {part.split(" 'nonce-")[0] for part in policy} == CSP
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_C23_https_is_promised_for_two_years(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    response = client.get("/login/", secure=True)
    assert response["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_static_files_may_be_kept_but_not_embedded_elsewhere(client: Client) -> None:
    response = client.get("/static/hf.css")
    assert response.status_code == 200
    assert "no-store" not in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    b"".join(response)
