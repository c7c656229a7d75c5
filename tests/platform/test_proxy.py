"""Whose address a request carries."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from housingfirst.proxy import ClientAddressMiddleware


def address_of(request: HttpRequest) -> str:
    ClientAddressMiddleware(lambda request: HttpResponse())(request)
    return str(request.META["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        pytest.param(0, "203.0.113.9", "10.0.0.1", id="no-proxy-nobody-is-believed"),
        pytest.param(1, "203.0.113.9", "203.0.113.9", id="one-proxy"),
        pytest.param(1, "1.2.3.4, 203.0.113.9", "203.0.113.9", id="client-lies"),
        pytest.param(2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9", id="two-proxies"),
        pytest.param(2, "203.0.113.9", "10.0.0.1", id="fewer-entries-than-proxies"),
        pytest.param(1, "", "10.0.0.1", id="header-missing"),
    ],
)
def test_client_address(settings: Settings, proxies: int, forwarded: str, client: str) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)
    assert address_of(request) == client
