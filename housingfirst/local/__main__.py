"""The commands behind `make run`, `make stop` and `make reset`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from housingfirst.local import servers, supervisor
from housingfirst.local.errors import LocalError
from housingfirst.local.places import LOCAL


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; the exit code. A refusal is one sentence on stderr."""
    parser = argparse.ArgumentParser(prog="python -m housingfirst.local")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run")
    commands.add_parser("stop")
    commands.add_parser("reset")
    commands.add_parser("tidy").add_argument("directory", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "run":
            return supervisor.run(port=_port(), with_demo=os.environ.get("DEMO", "1") != "0")
        if chosen.command == "stop":
            return _stop()
        if chosen.command == "reset":
            return _reset()
        supervisor.tidy(chosen.directory)
    except LocalError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except PermissionError as refusal:
        print(
            f"{refusal.filename} belongs to another account: run this as that account, "
            f"or delete {LOCAL}.",
            file=sys.stderr,
        )
        return 1
    return 0


def _port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:
        raise LocalError(f"PORT must be a number from 1 to 65535, not “{value}”.")
    return int(value)


def _stop() -> int:
    was_running = supervisor.stop()
    if not servers.release():
        print("Another command still uses the database, and stops it when it ends.")
    print("Stopped." if was_running else "Nothing was running.")
    return 0


def _reset() -> int:
    if servers.has_own_database():
        raise LocalError(
            "DATABASE_URL names a database of your own, which this command leaves alone: "
            "unset it to delete the embedded one."
        )
    if os.environ.get("YES") != "1" and not _confirmed():
        print("Nothing was deleted.")
        return 1
    supervisor.stop()
    if not servers.erase():
        raise LocalError("Another command uses the database: end it, then try again.")
    print("The local database and queue are deleted; `make run` makes new ones.")
    return 0


def _confirmed() -> bool:
    if not sys.stdin.isatty():
        raise LocalError("This deletes all local data: say `make reset YES=1` to mean it.")
    answer = input(f"This deletes all local data in {servers.home()}. Type “yes” to go on: ")
    return answer.strip().lower() == "yes"


if __name__ == "__main__":
    sys.exit(main())
