"""The table in `matrix.txt`: a line for each route and method, a column for each actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.access.matrix.actors import ACTORS

PATH: Final = Path(__file__).with_name("matrix.txt")

TO_LOGIN: Final = "lgn"
"""The cell of an answer that sends on to the login page; any other redirect is its number."""
DONE: Final = "302"
SENT_BACK: Final = "bck"
"""A redirect after which nothing is otherwise than before: refused, or nothing to do."""
REFUSED: Final = frozenset({TO_LOGIN, "401", "403", "404", "405"})
"""Nothing was shown or done. All else is past the gate: 302 did it, 422 and 400 missed values."""

HEAD: Final = """\
# Who may do what: a line for each route and method, a column for each kind of user.
# docs/permissions.md says how to read it and how to add to it.
#
# A cell is the status of the answer; unsafe methods send an empty form.
#   200 shown    302 done, and on to another page    bck sent back, nothing was done
#   lgn on to the login page
#   422 or 400 past the gate: only the values are missing
#   404 there is nothing here for you    403 you see it, but may not do this    401 no token
#
"""


@dataclass(frozen=True, slots=True)
class Line:
    route: str
    method: str
    cells: Mapping[str, str]

    @property
    def key(self) -> tuple[str, str]:
        return (self.route, self.method)


def read() -> list[Line]:
    """Raises AssertionError, saying which line is wrong, when the file is not a table."""
    if not PATH.exists():
        return []
    lines: list[Line] = []
    codes: list[str] = []
    for number, text in enumerate(PATH.read_text(encoding="utf-8").splitlines(), start=1):
        words = text.split()
        if not words or text.startswith("#"):
            continue
        if not codes:
            codes = words[2:]
            continue
        assert len(words) == len(codes) + 2, f"matrix.txt, line {number}: a cell is missing."
        lines.append(Line(words[0], words[1], dict(zip(codes, words[2:], strict=True))))
    keys = [line.key for line in lines]
    twice = {key for key in keys if keys.count(key) > 1}
    assert not twice, f"matrix.txt names these twice: {sorted(twice)}"
    assert not lines or codes == list(ACTORS), "matrix.txt's columns are not those of actors.py."
    return lines


def write(lines: Iterable[Line]) -> None:
    """The whole table anew, in the given order, a blank line between the apps."""
    rows = list(lines)
    width = max((len(line.route) for line in rows), default=0) + 2
    text = HEAD + "".join(f"#   {code}  {who}\n" for code, who in ACTORS.items())
    text += "\n" + f"{'route':{width}}{'method':8}" + " ".join(ACTORS) + "\n"
    before = None
    for line in rows:
        app = line.route.rpartition(":")[0]
        if app != before:
            text += "\n"
            before = app
        cells = " ".join(line.cells.get(code, "---") for code in ACTORS)
        text += f"{line.route:{width}}{line.method:8}{cells}\n"
    PATH.write_text(text, encoding="utf-8")
