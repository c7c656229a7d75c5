"""The tool around the Danish catalogue, on a small catalogue of its own."""

import ast
import gettext
import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest

from housingfirst.ui.messages import __main__ as tool
from housingfirst.ui.messages import catalogue, compiled, extract, paths

PO = Path("locale/da/LC_MESSAGES/django.po")
SAID = [
    polib.POEntry(msgid="Save visit"),
    polib.POEntry(msgid="More", msgctxt="menu"),
    polib.POEntry(msgid="%(n)d day", msgid_plural="%(n)d days", msgstr_plural={0: "", 1: ""}),
    polib.POEntry(msgid="Hello %(name)s"),
]
TRANSLATIONS: list[dict[str, Any]] = [
    {"msgid": "Save visit", "msgstr": "Gem besøg"},
    {"msgid": "More", "context": "menu", "msgstr": "Mere"},
    {"msgid": "%(n)d day", "plural": "%(n)d days", "msgstr": ["én dag", "%(n)d dage"]},
    {"msgid": "Hello %(name)s", "msgstr": "Hej %(name)s"},
]


@pytest.fixture
def po(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose code says `SAID` and whose catalogue is empty."""
    (tmp_path / PO).parent.mkdir(parents=True)
    for module in (catalogue, compiled):
        monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(catalogue, "extracted", lambda: SAID)
    return tmp_path / PO


def test_todo_lists_what_add_reads(po: Path) -> None:
    todo = catalogue.todo()
    assert {row["msgid"] for row in todo} == {entry.msgid for entry in SAID}
    catalogue.add(TRANSLATIONS)
    assert catalogue.todo() == []
    assert catalogue.problems() == []


def test_pairs_can_be_added_and_changed(po: Path) -> None:
    catalogue.add({"Save visit": "Gem"})
    catalogue.add({"Save visit": "Gem besøg"})
    assert [entry.msgstr for entry in catalogue.load().values()] == ["Gem besøg"]


def test_entries_are_sorted_and_carry_no_dates(po: Path) -> None:
    catalogue.add(TRANSLATIONS)
    text = po.read_text(encoding="utf-8")
    assert "POT-Creation-Date" not in text
    ids = [entry.msgid for entry in polib.pofile(text)]
    assert ids == sorted(ids)


def test_what_nobody_says_is_dropped(po: Path) -> None:
    catalogue.add([*TRANSLATIONS, {"msgid": "Old", "msgstr": "Gammel"}])
    assert catalogue.problems() == ["Said nowhere: 'Old'"]
    assert catalogue.update() == 1
    assert catalogue.problems() == []


def test_both_sides_of_a_merge_are_kept(po: Path) -> None:
    catalogue.add(TRANSLATIONS[:1])
    po.write_text(po.read_text() + '\nmsgid "Save visit"\nmsgstr "Gem besøget"\n')
    assert catalogue.update() == 0
    assert [entry.msgstr for entry in catalogue.load().values()] == ["Gem besøget"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"msgid": "Hello %(name)s", "msgstr": "Hej %(navn)s"}, "%(name)s, %(navn)s"),
        ({"msgid": "Hello %(name)s", "msgstr": "Hej"}, "%(name)s"),
        (
            {"msgid": "%(n)d day", "plural": "%(n)d days", "msgstr": ["%(n)d dag", "dage"]},
            "%(n)d",
        ),
    ],
)
def test_a_lost_placeholder_is_a_problem(po: Path, row: dict[str, Any], problem: str) -> None:
    catalogue.add([*TRANSLATIONS, row])
    assert [said for said in catalogue.problems() if said.endswith(problem)]


def test_a_plural_on_one_side_only_is_a_problem(po: Path) -> None:
    catalogue.add([*TRANSLATIONS, {"msgid": "%(n)d day", "msgstr": "%(n)d dage"}])
    assert catalogue.problems() == ["Plural in one place only: '%(n)d day'"]


def test_check_fails_until_all_is_translated(
    po: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert tool.main(["check"]) == 1
    assert "Untranslated: 'Save visit'" in capsys.readouterr().out
    (tmp_path / "da.json").write_text(json.dumps(TRANSLATIONS))
    assert tool.main(["add", str(tmp_path / "da.json")]) == 0
    assert tool.main(["check"]) == 0
    assert tool.main(["no such command"]) == 2


def test_the_catalogue_is_compiled_when_it_has_changed(po: Path) -> None:
    catalogue.add(TRANSLATIONS)
    assert compiled.is_stale()
    with compiled.write().open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Save visit") == "Gem besøg"
    assert read.pgettext("menu", "More") == "Mere"
    assert read.ngettext("%(n)d day", "%(n)d days", 2) == "%(n)d dage"
    assert not compiled.is_stale()
    assert {path.suffix for path in po.parent.iterdir()} == {".po", ".mo"}


MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def test_no_message_hides_inside_an_f_string() -> None:
    """GNU gettext does not read the expressions of f-strings: such a message stays English."""
    hidden = [
        f"{path.relative_to(paths.ROOT)}:{call.lineno}"
        for folder in extract.SOURCES
        for path in (paths.ROOT / folder).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
    ]
    assert hidden == []


def test_no_message_is_said_both_with_a_plural_and_without() -> None:
    """The catalogue holds it once, with its plural; before Python 3.11.3 `gettext` finds no such
    entry, and the message stays English."""
    plurals = {entry.msgid for entry in catalogue.load().values() if entry.msgid_plural}
    alone = [
        f"{path.relative_to(paths.ROOT)}:{call.lineno}: {text.value!r}"
        for folder in extract.SOURCES
        for path in (paths.ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in {"_", "gettext", "gettext_lazy"}
        for text in call.args[:1]
        if isinstance(text, ast.Constant) and str(text.value) in plurals
    ]
    in_templates = re.compile(r"""{%-? *translate +(["'])(.*?)\1""")
    alone += [
        f"{path.relative_to(paths.ROOT)}: {text}"
        for path in (paths.ROOT / "templates").rglob("*.html")
        for _quote, text in in_templates.findall(path.read_text(encoding="utf-8"))
        if text in plurals
    ]
    assert plurals
    assert alone == []
