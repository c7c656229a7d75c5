"""Refresh `static/vendor/` and `tests/vendor/` from the npm packages named in `PACKAGES`.

Needs npm and a network; nothing else in the project does. Run it as `make vendor` or
`python -m housingfirst.ui.vendor`, look at every page again, and commit the result.

What is changed on the way: `@font-face` keeps woff2 only, and source-map comments are removed,
because hashed storage refuses a file that points at a missing one. Fonts and icons are not touched.
"""

import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"dkfds": "11.2.0", "htmx.org": "2.0.11", "axe-core": "4.14.1"}

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
FONT_SOURCES = re.compile(r"src:[^;}]*")
WOFF2 = re.compile(r"url\((\.\./fonts/IBMPlexSans/complete/woff2/[\w-]+\.woff2)\)")
SOURCE_MAP = re.compile(r"\s*(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+)\s*$")
URL = re.compile(r"url\((\.\./[^)]+)\)")


def fetch(package: str, version: str, into: Path) -> Path:
    """Unpack one npm package below `into` and return its folder."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}"],
        cwd=into,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[-1]
    folder = into / package
    with tarfile.open(into / packed) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def woff2_only(css: str) -> str:
    """The stylesheet with each `@font-face` reduced to its woff2 file; local fallbacks stay."""

    def face(match: re.Match[str]) -> str:
        rule = match.group()
        found = WOFF2.search(rule)
        if not found:
            return rule
        return FONT_SOURCES.sub(f'src:url({found.group(1)}) format("woff2")', rule)

    return FONT_FACE.sub(face, css)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def vendor_dkfds(package: Path, target: Path) -> None:
    """One theme stylesheet, the files it points at, the icon sprite, and the licences."""
    dist = package / "dist"
    css = SOURCE_MAP.sub("", woff2_only((dist / "css/dkfds.min.css").read_text(encoding="utf-8")))
    write(target / "css/dkfds.min.css", css)
    for reference in sorted(set(URL.findall(css))):
        name = reference.removeprefix("../")
        copy(dist / name, target / name)
    copy(dist / "img/all-svg-icons.svg", target / "img/all-svg-icons.svg")
    copy(package / "LICENSE.md", target / "LICENSE.md")
    fonts = "fonts/IBMPlexSans/complete/woff2/license.txt"
    copy(dist / fonts, target / fonts)


def vendor_htmx(package: Path, target: Path) -> None:
    script = (package / "dist/htmx.min.js").read_text(encoding="utf-8")
    write(target / "htmx.min.js", SOURCE_MAP.sub("", script))
    copy(package / "LICENSE", target / "LICENSE")


def vendor_axe(package: Path, target: Path) -> None:
    copy(package / "axe.min.js", target / "axe.min.js")
    copy(package / "locales/da.json", target / "da.json")
    for name in ("LICENSE", "LICENSE-3RD-PARTY.txt"):
        copy(package / name, target / name)


def main() -> None:
    steps = {
        "dkfds": (vendor_dkfds, ROOT / "static/vendor/dkfds"),
        "htmx.org": (vendor_htmx, ROOT / "static/vendor/htmx"),
        "axe-core": (vendor_axe, ROOT / "tests/vendor/axe"),
    }
    with tempfile.TemporaryDirectory() as scratch:
        for package, version in PACKAGES.items():
            step, target = steps[package]
            shutil.rmtree(target, ignore_errors=True)
            step(fetch(package, version, Path(scratch)), target)
            print(f"{package} {version} -> {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
