"""The embedded Valkey keeps its queue."""

import os
import signal

import redis

from housingfirst.local.valkey import Broker
from tests.local.waiting import until


def client(broker: Broker) -> redis.Redis:
    return redis.Redis.from_url(broker.url)


def test_keeps_its_queue_from_start_to_start(broker: Broker) -> None:
    broker.start()
    broker.start()
    with client(broker) as first:
        first.rpush("queue", "job")
    broker.stop()
    assert not broker.is_running()
    broker.stop()
    broker.start()
    with client(broker) as second:
        assert second.lrange("queue", 0, -1) == [b"job"]


def test_killed_server_starts_again(broker: Broker) -> None:
    broker.start()
    with client(broker) as first:
        first.config_set("appendfsync", "always")
        first.rpush("queue", "job")
        pid = first.info("server")["process_id"]
    os.kill(pid, signal.SIGKILL)
    until(lambda: not broker.is_running())
    broker.start()
    with client(broker) as second:
        assert second.lrange("queue", 0, -1) == [b"job"]


def test_refuses_writes_rather_than_forget_jobs(broker: Broker) -> None:
    broker.start()
    with client(broker) as connection:
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert connection.config_get("port") == {"port": "0"}
