"""A cache in Redis that forgets instead of failing: nothing that counts is kept in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.core.cache.backends.redis import RedisCache

logger = logging.getLogger(__name__)

T = TypeVar("T")


class ForgetfulCache(RedisCache):
    """Django's Redis cache; without the server it is empty, and a write is lost."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(super().add, True, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _tried(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> None:
        _tried(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[Any, Any]:
        return _tried(super().get_many, {}, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return _tried(super().has_key, False, *args, **kwargs)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return _tried(super().incr, delta, key, delta, version)

    def set_many(self, *args: Any, **kwargs: Any) -> list[Any]:
        return _tried(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        _tried(super().delete_many, None, *args, **kwargs)

    def clear(self) -> None:
        _tried(super().clear, None)


def _tried(act: Callable[..., T], otherwise: T, *args: Any, **kwargs: Any) -> T:
    try:
        return act(*args, **kwargs)
    except (redis.ConnectionError, redis.TimeoutError):
        logger.warning("cache_unreachable")
        return otherwise
