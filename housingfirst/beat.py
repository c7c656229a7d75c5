"""When the beat jobs run. A job decides by itself, in Copenhagen's time, what is due.

Times are UTC. Every entry's task must exist and take its arguments: a test binds them.
"""

from typing import Any, TypedDict

from celery.schedules import crontab


class Entry(TypedDict, total=False):
    """One line of the schedule, as Celery reads it; `schedule` may be seconds."""

    task: str
    schedule: crontab | float
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    options: dict[str, Any]


SCHEDULE: dict[str, Entry] = {
    # Every quarter of an hour: the first one after midnight in Copenhagen sees the new day. One
    # that no worker took before the next is dropped.
    "sweep-deadlines": {
        "task": "housingfirst.deadlines.jobs.sweep_deadlines",
        "schedule": 15 * 60,
        "options": {"expires": 15 * 60},
    },
    # Half past six in Copenhagen is one of these, in summer and in winter; the later ones send what
    # could not be sent. The job looks at the clock.
    "send-digests": {
        "task": "crosssector.worklist.jobs.send_digests",
        "schedule": crontab(minute=30, hour="4-7"),
        "options": {"expires": 45 * 60},
    },
    "pick-up-imports": {
        "task": "housingfirst.imports.jobs.pick_up",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "forget-form-keys": {
        "task": "housingfirst.ui.jobs.forget_form_keys",
        "schedule": crontab(hour=2, minute=40),
    },
    "forget-import-files": {
        "task": "housingfirst.imports.jobs.forget_files",
        "schedule": crontab(minute=20),
    },
    # Just after midnight in Copenhagen, in summer and in winter.
    "rebuild-clocks": {
        "task": "housing.shelters.jobs.rebuild_clocks",
        "schedule": crontab(minute=5, hour="22,23"),
    },
    "rebuild-refund-ends": {
        "task": "crosssector.readiness.jobs.rebuild_refund_ends",
        "schedule": crontab(minute=12, hour="22,23"),
    },
    # An offer's time is to the minute; what no worker took is done by the next run.
    "expire-offers": {
        "task": "housing.allocation.jobs.offers_expire",
        "schedule": 60,
        "options": {"expires": 60},
    },
    # Every hour: the first run after midnight in Copenhagen writes what began that day.
    "announce-phases": {
        "task": "support.enrolments.jobs.announce_phases",
        "schedule": crontab(minute=10),
    },
}
