"""What a machine lacks is said in one sentence that says what to do."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

import pytest

from housingfirst.local import bootstrap


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without libraries, browser, gettext, and without the right to install any."""
    monkeypatch.setattr(bootstrap, "loads", lambda library: False)
    monkeypatch.setattr(bootstrap, "apt_install", lambda packages: False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    return monkeypatch


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    return said


def test_old_python(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SystemExit):
        bootstrap.main(["run"])
    assert "Python 99.0 or newer is needed" in refusal(capsys)


def test_unsupported_platform(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SystemExit):
        bootstrap.lock_file("run")
    assert "set DATABASE_URL and REDIS_URL" in refusal(capsys)


def test_servers_of_ones_own_need_no_embedded_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@h/n")
    monkeypatch.setenv("REDIS_URL", "redis://h")
    assert Path(bootstrap.lock_file("run")).name == "base.txt"


def test_missing_libraries_do_not_stop_the_site(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.ensure_libraries("run")
    assert (
        "`sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`"
        in capsys.readouterr().out
    )


def test_missing_libraries_stop_the_tests(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        bootstrap.ensure_libraries("dev")
    assert "sudo apt-get install libpango" in refusal(capsys)


def test_missing_browser_stops_the_tests(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bare.setattr(bootstrap, "loads", lambda library: True)
    bare.setattr(shutil, "which", lambda name: "/x" if name == "xgettext" else None)
    with pytest.raises(SystemExit):
        bootstrap.ensure_libraries("dev")
    assert "`sudo apt-get install chromium`" in refusal(capsys)


def test_python_without_venv(
    bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bare.setattr(bootstrap, "VENV", str(tmp_path / ".venv"))
    bare.setitem(sys.modules, "ensurepip", None)  # as Debian ships it
    with pytest.raises(SystemExit):
        bootstrap.create_venv()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"`sudo apt-get install python{version}-venv`" in refusal(capsys)
