"""The queue's promises, and a schedule that names only what exists."""

from __future__ import annotations

import inspect

import pytest
from kombu import Connection

from housingfirst.beat import SCHEDULE
from housingfirst.celery import app
from housingfirst.settings import urls


@pytest.fixture(scope="module", autouse=True)
def tasks() -> None:
    app.loader.import_default_modules()


@pytest.mark.parametrize("name", SCHEDULE)
def test_schedule_entry_exists_and_takes_its_arguments(name: str) -> None:
    entry = SCHEDULE[name]
    task = app.tasks[entry["task"]]
    inspect.signature(task.run).bind(*entry.get("args", ()), **entry.get("kwargs", {}))


def test_R06_a_killed_workers_task_comes_back_and_only_then() -> None:
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.task_time_limit < conf.broker_transport_options["visibility_timeout"]
    assert conf.broker_transport_options["unacked_restore_throttle"] == 1


def test_only_json_and_utc() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert str(app.conf.timezone) == "UTC"


def test_queue_carries_a_message_over_the_socket(redis_url: str) -> None:
    with Connection(urls.broker(redis_url)) as connection:
        queue = connection.SimpleQueue("test")
        queue.put({"n": 1}, serializer="json")
        message = queue.get(timeout=5)
        message.ack()
        queue.close()
    assert message.payload == {"n": 1}
