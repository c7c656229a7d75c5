"""`make bench`: fill a throw-away database with a region, measure, write RESULTS.md.

BENCH_SCALE=municipality measures a small database instead, to try the benchmark itself.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

import django

from housingfirst.local.throwaway import Guarded

if TYPE_CHECKING:
    from benchmarks.measure import Figure

HERE = Path(__file__).parent
USERS = 8
ROUNDS = 25
PAUSE_SECONDS = 1.0
ALONE = 40


def main() -> None:
    guarded = Guarded()
    try:
        cluster = guarded.servers.cluster
        cluster.start()
        os.environ["DATABASE_URL"] = cluster.url
        os.environ["STATEMENT_TIMEOUT_SECONDS"] = "0"  # loading a region takes minutes
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        django.setup()
        run()
    finally:
        guarded.close()


def run() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from benchmarks import report
    from benchmarks.compute import measure_compute
    from benchmarks.imports import measure_import
    from crosssector.demo.load import Scale

    scale = Scale(os.environ.get("BENCH_SCALE", Scale.REGION.value))
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    started = perf_counter()
    call_command("demo_data", scale=scale.value)
    loading = perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    figures = measure_all()
    imported = measure_import(timezone.localdate())
    print(imported, flush=True)
    computed = measure_compute()
    print(computed, flush=True)
    report.write(
        HERE / "RESULTS.md",
        figures,
        imported,
        computed,
        scale=scale.value,
        loading=loading,
        sizes=report.table_sizes(),
        on=timezone.localdate(),
        users=USERS,
    )


def measure_all() -> list[Figure]:
    import statistics

    from django.urls import reverse

    from benchmarks import measure
    from benchmarks.workloads import WORKLOADS
    from housingfirst.access.models import Membership

    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "--config", "python:housingfirst.web",
            "--workers", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error",
        ],
    )  # fmt: skip
    figures: list[measure.Figure] = []
    try:
        wait_for(port)
        for load in WORKLOADS:
            member = Membership.objects.filter(role=load.role).earliest("pk")
            user = member.user
            address = load.address(user)
            statements = measure.queries_of(user, address)
            cookie = measure.session_of(user)
            size = page_size(port, address, cookie)
            trivial = reverse("trivial", args=[size])
            for warm in (address, trivial):
                measure.under_load(port, warm, cookie, users=2, rounds=3)
            times = measure.under_load(
                port, address, cookie, users=USERS, rounds=ROUNDS, pause=PAUSE_SECONDS
            )
            full = measure.under_load(port, address, cookie, users=USERS, rounds=ROUNDS)
            alone = measure.under_load(port, address, cookie, users=1, rounds=ALONE)
            floor = measure.under_load(port, trivial, cookie, users=1, rounds=ALONE)
            figure = measure.Figure(
                name=load.name,
                size=size,
                queries=len(statements),
                p50=measure.percentile(times, 0.5),
                p95=measure.percentile(times, 0.95),
                full_p50=measure.percentile(full, 0.5),
                full_p95=measure.percentile(full, 0.95),
                alone=statistics.median(alone),
                bare_sql=measure.bare(statements, ALONE),
                trivial=statistics.median(floor),
            )
            print(figure, flush=True)
            figures.append(figure)
    finally:
        server.terminate()
        server.wait()
    return figures


def page_size(port: int, address: str, cookie: str) -> int:
    import http.client

    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as link:
        link.request("GET", address, headers={"Cookie": f"sessionid={cookie}"})
        return len(link.getresponse().read())


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    main()
