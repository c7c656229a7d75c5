"""The secrets of one machine: made once, kept in `.local/`, never in the repository."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

from housingfirst.local.errors import LocalError
from housingfirst.local.places import LOCAL


def local_secrets(directory: Path = LOCAL) -> dict[str, str]:
    """The secrets by the name of their environment variable, made at the first call.

    Raises LocalError when the file is somebody else's.
    """
    path = directory / "secrets.json"
    if not path.exists():
        _create(path)
    try:
        kept: dict[str, str] = json.loads(path.read_text())
    except PermissionError:
        raise LocalError(
            f"The file {path} belongs to another account: run this as that account."
        ) from None
    return kept


def _create(path: Path) -> None:
    fresh = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "CPR_ENCRYPTION_KEYS": f"1:{_key()}",
        "CPR_INDEX_KEY": _key(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".secrets-{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(fresh, file, indent=2)
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first: its secrets count
    finally:
        draft.unlink()


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
