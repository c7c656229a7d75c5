"""Environment variables, typed: each read in one place, each listed in `.env.example`."""

import os
from base64 import b64decode

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def text(name: str, default: str = "") -> str:
    """The variable's value; an empty one counts as unset."""
    return os.environ.get(name, "").strip() or default


def required(name: str, what: str) -> str:
    """The variable's value. Raises ImproperlyConfigured, saying `what` it is, when unset."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {what}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """The parts of a comma-separated value, without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    """A whole number. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.") from None


def flag(name: str, default: bool = False) -> bool:
    """A yes or no: `1`, `true`, `yes`, `on` and their opposites."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not “{value}”.")


def key(name: str, value: str) -> bytes:
    """A 32 byte key written in base64. Raises ImproperlyConfigured, never quoting the value."""
    try:
        raw = b64decode(value, validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"{name} must hold {KEY_BYTES} bytes in base64, as `openssl rand -base64 32` prints."
        )
    return raw


def versioned_keys(name: str, value: str) -> dict[str, bytes]:
    """Keys by version from `2:base64,1:base64`; the first encrypts, all decrypt.

    Raises ImproperlyConfigured when a part is malformed or a version comes twice.
    """
    keys: dict[str, bytes] = {}
    for part in value.split(","):
        version, colon, encoded = part.strip().partition(":")
        is_version = version.isascii() and version.isdigit() and 0 < int(version) < 256
        if not colon or not is_version or str(int(version)) in keys:
            raise ImproperlyConfigured(
                f"{name} is a comma-separated list of version:key, newest first, each version "
                "a number from 1 to 255 that comes once."
            )
        keys[str(int(version))] = key(name, encoded)
    return keys
