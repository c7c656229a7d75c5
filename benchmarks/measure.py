"""Times: of a page under load, of its own SQL alone, and of a trivial page of its size."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter, sleep

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from housingfirst.access.models import User

COOKIE = "sessionid"
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds: median and 95th percentile with several users, and single-handed medians.

    `full_p50` and `full_p95` are of users who never pause: the two cores have no rest then.
    """

    name: str
    size: int
    queries: int
    p50: float
    p95: float
    full_p50: float
    full_p95: float
    alone: float
    bare_sql: float
    trivial: float

    @property
    def to_sql(self) -> float:
        return self.alone / self.bare_sql if self.bare_sql else float("nan")

    @property
    def to_trivial(self) -> float:
        return self.alone / self.trivial if self.trivial else float("nan")


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[COOKIE].value


def queries_of(user: User, address: str) -> list[str]:
    """The statements a warm request makes, parameters filled in; not BEGIN and COMMIT."""
    client = Client(SERVER_NAME=HOST)
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    said = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in said if sql not in {"BEGIN", "COMMIT"}]


def bare(statements: Sequence[str], rounds: int) -> float:
    """The median milliseconds of running the page's SELECTs and fetching every row."""
    selects = [sql for sql in statements if sql.lstrip().upper().startswith(("SELECT", "WITH"))]
    times = []
    with connection.cursor() as cursor:
        for _ in range(rounds):
            started = perf_counter()
            for sql in selects:
                cursor.execute(sql)
                cursor.fetchall()
            times.append(perf_counter() - started)
    return statistics.median(times) * 1000


def under_load(
    port: int, address: str, cookie: str, *, users: int, rounds: int, pause: float = 0.0
) -> list[float]:
    """Milliseconds of `users` x `rounds` requests, `users` at a time. Raises on any but 200.

    Before each request a user reads for `pause` seconds, half as long to half as long again.
    """
    times: list[float] = []
    problems: list[str] = []
    lock = threading.Lock()

    def one_user(number: int) -> None:
        mine = []
        reading = random.Random(number)
        for _ in range(rounds):
            sleep(pause * reading.uniform(0.5, 1.5))
            started = perf_counter()
            link = http.client.HTTPConnection(HOST, port, timeout=60)
            link.request("GET", address, headers={"Cookie": f"{COOKIE}={cookie}"})
            answer = link.getresponse()
            answer.read()
            link.close()
            mine.append((perf_counter() - started) * 1000)
            if answer.status != 200:
                problems.append(f"{address} answered {answer.status}")
                break
        with lock:
            times.extend(mine)

    threads = [threading.Thread(target=one_user, args=[n]) for n in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise RuntimeError(problems[0])
    return times


def percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
