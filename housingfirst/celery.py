"""The Celery application: settings come from Django, the schedule from `beat.py`."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from importlib import import_module

from celery import Celery
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

from housingfirst.beat import SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "housingfirst.settings.production")

# The packages whose subjects may have tasks and jobs.
APPS = ("housingfirst", "cases", "housing", "support", "crosssector")

app = Celery("housingfirst")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.steps["worker"].add(DjangoStructLogInitStep)


@setup_logging.connect
def keep_logging(**_: object) -> None:
    """Celery leaves logging as the settings have it when this signal has a listener."""


def subjects() -> Iterator[str]:
    """The packages right below the apps, as `housing.allocation`."""
    for name in APPS:
        for module in pkgutil.iter_modules(import_module(name).__path__, f"{name}."):
            if module.ispkg:
                yield module.name


for related_name in ("tasks", "jobs"):
    app.autodiscover_tasks(list(subjects()), related_name=related_name)
