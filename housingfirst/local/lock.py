"""`make lock`: pin the packages of pyproject.toml with their hashes, for every platform."""

from __future__ import annotations

import subprocess
import sys

from housingfirst.local.places import PROJECT

# The widest first: the others take its pins. Each is enough for one purpose by itself.
LISTS: dict[str, list[str]] = {"dev": ["embedded", "dev"], "embedded": ["embedded"], "base": []}


def main() -> int:
    """Write requirements/*.txt; pins that still fit stay as they are."""
    for name, extras in LISTS.items():
        command = [
            *("uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"),
            *("--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
            *("--no-emit-find-links", "--custom-compile-command", "make lock"),
            *(f"--extra={extra}" for extra in extras),
            *("--output-file", f"requirements/{name}.txt"),
        ]
        if name != "dev":
            command += ["--constraints", "requirements/dev.txt"]
        done = subprocess.run([sys.executable, "-m", *command], cwd=PROJECT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
