"""Connection addresses in the environment, parsed into what Django wants."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database(url: str, *, statement_seconds: int = 15, lock_seconds: int = 5) -> dict[str, Any]:
    """Django's DATABASES entry for `postgresql://user:password@host:port/name?sslmode=…`.

    A host written as `%2Fsome%2Fpath` is the directory of a unix socket. Query parameters are
    passed to libpq. Raises ValueError when the address is not PostgreSQL's or names no database.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("A database address looks like postgresql://user:password@host:5432/name.")
    # urlsplit lowers the host's letters, which a directory must keep.
    host = unquote(parts.netloc.rpartition("@")[2])
    if not host.startswith("/"):
        host = parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": "" if host.startswith("/") or parts.port is None else str(parts.port),
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 3,
            **dict(parse_qsl(parts.query)),
            "options": f"-c statement_timeout={statement_seconds}s -c lock_timeout={lock_seconds}s",
        },
    }


def broker(url: str) -> str:
    """Celery's way of writing a Redis address: it has a word of its own for unix sockets."""
    return url.replace("unix://", "redis+socket://", 1)


def email(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for `smtp://user:password@host:587` (STARTTLS), `smtps://…:465`.

    `smtp://host:25?tls=no` sends in the clear, for a relay on the same machine; `console:` prints.
    Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("A mail address looks like smtp://user:password@host:587.")
    is_implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if is_implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_implicit,
        "EMAIL_USE_TLS": not is_implicit and dict(parse_qsl(parts.query)).get("tls") != "no",
        "EMAIL_TIMEOUT": 10,
    }
