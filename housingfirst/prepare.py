"""What stands between an empty machine and a running site, in one process."""

from __future__ import annotations

import hashlib
import os
import sys
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone, translation

from housingfirst.local import demo
from housingfirst.local.supervisor import WELCOME


def prepare(*, with_demo: bool) -> None:
    """Collect the static files, migrate, and load the demo once. Django compiles its messages."""
    django.setup()
    collect_static()
    migrate()
    if with_demo:
        load_demo()
    WELCOME.write_text("\n".join(demo_logins() or first_step()))


def collect_static() -> None:
    """Collect, hash and compress the static files when one of them changed."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = _static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    print("Collecting the static files …", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)


def migrate() -> None:
    """Bring the database's tables up to date. Exits where another version of us has made them."""
    executor = MigrationExecutor(connection)
    if set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations):
        sys.exit(
            "The local database was made by another version of this program, and cannot be brought"
            " up to date. Save what you need of it, then delete it with `make reset`."
        )
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def load_demo() -> None:
    """Fill an empty database with the fictional municipality Fjordby."""
    from housingfirst.access.models import User

    if not User.objects.exists():
        print("Making the demo municipality …", flush=True)
        call_command("demo_data", scale="small", stdout=StringIO())  # `demo_logins` says it later


def demo_logins() -> list[str]:
    """One line a role: who of the demo municipality has it, and the password of them all."""
    from housingfirst.access.enums import Role
    from housingfirst.access.models import Membership

    memberships = (
        Membership.objects.on(timezone.localdate())
        .filter(user__email__endswith=f"@{demo.DOMAIN}", user__is_active=True)
        .order_by("pk")
        .values_list("role", "unit__name", "user__email")
    )
    first: dict[str, str] = {}
    with translation.override("en"):
        for role, unit, email in memberships:
            label = str(Role(role).label)
            first.setdefault(f"{label}, {unit}" if role == Role.PARTNER else label, email)
    if not first:
        return []
    lines = [f"  {who:<36} {first[who]}" for who in sorted(first)]
    return [f"Demo logins, all with the password {demo.PASSWORD}", *lines]


def first_step() -> list[str]:
    """How the first person comes in, while there is nobody."""
    from housingfirst.access.models import User

    if User.objects.exists():
        return []
    return [
        "Nobody has a login yet. Make the first administrator, for example:",
        "  .venv/bin/python manage.py set_up --municipality 0751 --email pia@example.dk "
        '--name "Pia Holm"',
    ]


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "0")
    if "--files-only" in sys.argv[1:]:
        django.setup()
        collect_static()
    else:
        prepare(with_demo="--no-demo" not in sys.argv[1:])
