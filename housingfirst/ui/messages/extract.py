"""What the code and the templates say, by gettext's own tools on a copy of the sources."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from housingfirst.ui.messages.paths import PO, ROOT

SOURCES = ("housingfirst", "cases", "housing", "support", "crosssector", "templates")
SUFFIXES = {".py", ".html", ".txt"}
NOT_FOR_PEOPLE = {"migrations", "__pycache__", "gallery.py", "gallery.html"}


class ToolsMissing(Exception):
    """gettext is not installed."""

    def __str__(self) -> str:
        return "The messages need GNU gettext: sudo apt-get install gettext"


def extracted() -> polib.POFile:
    """Every msgid in use, without translations. Raises ToolsMissing without GNU gettext."""
    if not shutil.which("xgettext"):
        raise ToolsMissing
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch)
        for path in _sources():
            target = copy / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        (copy / "locale").mkdir()
        subprocess.run(
            [
                *(sys.executable, "-m", "django", "makemessages", "--locale", "da"),
                *("--no-location", "--no-obsolete", "--verbosity", "0"),
            ],
            cwd=copy,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            check=True,
        )
        return polib.pofile(str(copy / PO), wrapwidth=0)


def _sources() -> list[Path]:
    return [
        path
        for folder in SOURCES
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in SUFFIXES and not NOT_FOR_PEOPLE & set(path.parts)
    ]
