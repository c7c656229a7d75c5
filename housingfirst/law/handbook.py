"""`python -m housingfirst.law.handbook check|write`: the rules in docs/law/, from the parameters.

Each subject has its page, docs/law/SUBJECT.md. Between the two lines that mark the generated part
stand the rules as `housingfirst.law.rulebook` tells them; what is above and below, such as the
examples, is written by hand and kept. docs/law/README.md lists them all.
"""

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from housingfirst.law.rulebook import NBSP, Row, Rule, SettingText, Subject, Table, rulebook
from housingfirst.law.versions import Mark

FOLDER: Final = Path(__file__).parents[2] / "docs" / "law"
BEGIN: Final = "<!-- Herfra skriver `make law`: ret i housingfirst/law/parameters/. -->"
END: Final = "<!-- Hertil. -->"
WIDTH: Final = 120
MARKS: Final[Mapping[Mark, str]] = {
    Mark.VERIFIED: "læst i kilden",
    Mark.VERIFIED_OLD: "læst i en ældre tekst",
    Mark.INFERRED: "sluttet fra en lignende regel",
    Mark.UNVERIFIED: "ikke afklaret",
}
MONTHS: Final = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


def main(arguments: Sequence[str]) -> int:
    """Exit status: 1 when a page is not what the parameters say, 2 on a wrong argument."""
    if list(arguments) == ["write"]:
        for path, text in pages(FOLDER):
            path.write_text(text, encoding="utf-8")
        return 0
    if list(arguments) == ["check"]:
        stale = [path.name for path, text in pages(FOLDER) if _read(path) != text]
        for name in stale:
            print(f"docs/law/{name} is not what the parameters say. Write it with `make law`.")
        return 1 if stale else 0
    print(__doc__)
    return 2


def pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each page with the text it should have; what was written by hand is kept."""
    subjects = rulebook()
    for subject in subjects:
        path = folder / f"{subject.key}.md"
        rules = "".join(_rule(rule) for rule in subject.rules)
        yield path, _placed(path.name, plain(subject.title), rules, _read(path))
    path = folder / "README.md"
    rules = "".join(_listed(subject) for subject in subjects)
    yield path, _placed(path.name, "Lovreglerne", rules, _read(path))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _placed(name: str, title: str, rules: str, before: str) -> str:
    """The page with its generated part anew. Raises ValueError when the marks are not there."""
    part = f"{BEGIN}\n\n{rules}{END}\n"
    if not before:
        return f"# {title}\n\n{part}"
    if before.count(BEGIN) != 1 or before.count(END) != 1:
        raise ValueError(f"docs/law/{name} has no place for the generated part")
    head, rest = before.split(BEGIN)
    return f"{head}{part}{rest.split(END)[1].removeprefix(chr(10))}"


def _listed(subject: Subject) -> str:
    rules = "".join(f"- `{rule.id}` {plain(rule.title)}\n" for rule in subject.rules)
    return f"## [{plain(subject.title)}]({subject.key}.md)\n\n{rules}\n"


def _rule(rule: Rule) -> str:
    parts = [f"## {rule.title} (`{rule.id}`)\n", f"{rule.law}. *{_sentence(MARKS[rule.mark])}.*\n"]
    parts += [_filled(paragraph) for paragraph in rule.paragraphs]
    parts += [_table(table) for table in rule.tables]
    if rule.unsettled:
        parts.append("Ikke afklaret, og hvad der er antaget:\n")
        parts.append("".join(_item(text) for text in rule.unsettled))
    if rule.settings:
        parts.append(_settings(rule.settings))
    if rule.sources:
        parts.append("Kilder: " + " · ".join(rule.sources) + "\n")
    return plain("\n".join(parts)) + "\n"


def _table(table: Table) -> str:
    title = f"**{table.title}**\n\n" if table.title else ""
    heads = ("gælder", *table.columns, "kilde", "mærke")
    rows = [(_holds(row), *row.cells, row.source, MARKS[row.mark]) for row in table.rows]
    return title + _grid(heads, rows)


def _settings(settings: Sequence[SettingText]) -> str:
    rows = [
        (
            f"{text.label} (`{text.setting.key}`)",
            _options(text),
            text.said(text.setting.default_text),
        )
        for text in settings
    ]
    return _grid(("kommunens valg", "mulighederne", "udgangspunkt"), rows)


def _options(text: SettingText) -> str:
    if text.words:
        return " / ".join(text.words.values())
    return f"{text.setting.least} til {text.said(str(text.setting.most))}"


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _holds(row: Row) -> str:
    """The days a version holds, both included, in words."""
    start = _day(row.valid_from) if row.valid_from else ""
    end = _day(row.valid_until - timedelta(days=1)) if row.valid_until else ""
    if start and end:
        return f"{start} – {end}"
    return f"fra {start}" if start else f"til og med {end}" if end else "altid"


def _day(day: date) -> str:
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def _item(text: str) -> str:
    return textwrap.fill(plain(text), WIDTH, initial_indent="- ", subsequent_indent="  ") + "\n"


def _filled(text: str) -> str:
    """A paragraph broken into lines; no word is cut."""
    return textwrap.fill(plain(text), WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def plain(text: str) -> str:
    """Without the spaces that do not break: a page is read and edited as plain text."""
    return text.replace(NBSP, " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
