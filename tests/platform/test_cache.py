"""The cache forgets, it does not fail."""

from typing import Any

import pytest

from housingfirst.cache import ForgetfulCache


def test_R05_without_its_server_the_cache_is_empty() -> None:
    cache = ForgetfulCache("unix:///nowhere/no-server.sock", {})
    cache.set("a", 1)
    assert cache.get("a", "nothing") == "nothing"
    assert cache.get_many(["a"]) == {}
    assert cache.add("a", 1)
    assert cache.incr("a") == 1
    assert not cache.delete("a")


@pytest.mark.parametrize("value", [1, "ord", {"a": [1]}])
def test_with_its_server_it_remembers(redis_url: str, value: Any) -> None:
    cache = ForgetfulCache(redis_url, {})
    cache.set("a", value)
    assert cache.get("a") == value
    cache.delete("a")
    cache.close()
