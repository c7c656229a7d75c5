"""Logging: references and codes, never names, CPR numbers, request bodies or free text.

Production writes one JSON object a line with a fixed set of keys; a machine at home writes lines
for people, with whole tracebacks.
"""

from __future__ import annotations

import re
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What a line may hold. A new key is a decision: may everybody who reads logs see it?
KEYS = frozenset({
    "timestamp", "level", "logger", "event", "exception",
    "request", "request_id", "user_id", "code",
    "task", "task_id", "parent_task_id", "child_task_id", "child_task_name", "duration_ms",
    "reference", "kind", "count", "written", "closed", "refusal", "constraint", "attempt",
})  # fmt: skip

# Six digits, perhaps a hyphen or blank, four digits: written as a CPR number is.
CPR = re.compile(r"(?<!\d)\d{6}[-\u2010-\u2015 ]?\d{4}(?!\d)")

# A part of an address too long for a reference is a key: who reads it may do what it opens.
KEY = re.compile(r"[\w-]{38,}")


def scrub(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Blot out what looks like a CPR number, and of an address its query (it holds searches) and
    the keys in it (of a calendar, of a password to be set)."""
    for key, value in event.items():
        if key == "request" and isinstance(value, str):
            value = KEY.sub("[key]", value.partition("?")[0])
        if isinstance(value, str):
            event[key] = CPR.sub("[cpr]", value)
    return event


def keep_known(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Drop every key that is not in KEYS."""
    return {key: value for key, value in event.items() if key in KEYS}


def outline_exception(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Where an exception came from and its type, without its message: that may quote a citizen."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_outline(error))
        event["constraint"] = getattr(
            getattr(error.__cause__, "diag", None), "constraint_name", None
        )
    return event


def _outline(error: BaseException) -> list[str]:
    lines: list[str] = []
    if error.__cause__ is not None:
        lines += [*_outline(error.__cause__), "the cause of"]
    elif error.__context__ is not None and not error.__suppress_context__:
        lines += [*_outline(error.__context__), "and meanwhile"]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"{frame.filename}:{frame.lineno} {frame.name}")
    return [*lines, f"{type(error).__module__}.{type(error).__qualname__}"]


COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
STRICT: list[Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    outline_exception,
    keep_known,
    scrub,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]
FRIENDLY: list[Processor] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    scrub,
    structlog.dev.ConsoleRenderer(colors=False),
]


def configuration(*, is_strict: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING, and structlog's own setup beside it: both end in one handler on stderr."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": COMMON,
                "processors": STRICT if is_strict else FRIENDLY,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers give way to the one above; structlog logs each request once.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.request": {"handlers": [], "level": "CRITICAL", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # Lists who failed to log in by name: the access log keeps that instead.
            "axes": {"handlers": [], "level": "ERROR", "propagate": True},
            "celery": {"handlers": [], "level": "WARNING", "propagate": True},
            "fontTools": {"handlers": [], "level": "ERROR", "propagate": True},
            "weasyprint": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }
