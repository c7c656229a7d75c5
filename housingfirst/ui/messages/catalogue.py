"""The committed Danish catalogue as a sorted list of entries."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import polib

from housingfirst.ui.messages.extract import extracted
from housingfirst.ui.messages.paths import PO, ROOT

HEADER = {
    "Project-Id-Version": "Bolig først",
    "Language": "da",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")

Key = tuple[str, str]


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgid, entry.msgctxt or "")


def load() -> dict[Key, polib.POEntry]:
    """The catalogue by msgid and context. A merge may leave an entry twice: the later one wins."""
    path = ROOT / PO
    if not path.exists():
        return {}
    file = polib.pofile(path.read_text(encoding="utf-8"), wrapwidth=0)
    return {key_of(entry): entry for entry in file if is_translated(entry)}


def save(entries: Iterable[polib.POEntry]) -> None:
    file = polib.POFile(wrapwidth=0)
    file.metadata = HEADER
    for entry in sorted(entries, key=key_of):
        # No positions, no comments, no fuzzy marks: one branch's change is its own lines only.
        entry.occurrences = []
        entry.comment = entry.tcomment = ""
        entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
        file.append(entry)
    path = ROOT / PO
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(file).rstrip() + "\n", encoding="utf-8")


def update() -> int:
    """Drop what the sources no longer say, and sort; returns how many were dropped."""
    have = load()
    said = {key_of(entry) for entry in extracted()}
    save(entry for key, entry in have.items() if key in said)
    return len(have.keys() - said)


def add(rows: Mapping[str, str] | Iterable[Mapping[str, Any]]) -> int:
    """Write translations; returns how many. Raises KeyError for a row without its msgid."""
    if isinstance(rows, Mapping):
        rows = [{"msgid": msgid, "msgstr": msgstr} for msgid, msgstr in rows.items()]
    entries = load()
    written = 0
    for row in rows:
        entry = _entry(row)
        if "%(" in entry.msgid:
            entry.flags = ["python-format"]
        entries[key_of(entry)] = entry
        written += 1
    save(entries.values())
    return written


def _entry(row: Mapping[str, Any]) -> polib.POEntry:
    entry = polib.POEntry(msgid=row["msgid"], msgctxt=row.get("context") or None)
    if row.get("plural"):
        entry.msgid_plural = row["plural"]
        entry.msgstr_plural = dict(enumerate(row["msgstr"]))
    else:
        entry.msgstr = row["msgstr"]
    return entry


def todo() -> list[dict[str, Any]]:
    """The untranslated entries of the sources in the form that `add` reads."""
    have = load()
    rows: list[dict[str, Any]] = []
    for entry in sorted(extracted(), key=key_of):
        if key_of(entry) in have:
            continue
        row: dict[str, Any] = {"msgid": entry.msgid}
        if entry.msgctxt:
            row["context"] = entry.msgctxt
        if entry.msgid_plural:
            row["plural"] = entry.msgid_plural
        rows.append({**row, "msgstr": ["", ""] if entry.msgid_plural else ""})
    return rows


def is_translated(entry: polib.POEntry) -> bool:
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return not entry.obsolete and not entry.fuzzy and bool(forms) and all(forms)


def problems() -> list[str]:
    """Sentences about what is untranslated, unused or has lost a placeholder."""
    have = load()
    said = {key_of(entry): entry for entry in extracted()}
    found = [f"Untranslated: {key[0]!r}" for key in sorted(said.keys() - have.keys())]
    found += [f"Said nowhere: {key[0]!r}" for key in sorted(have.keys() - said.keys())]
    for key in sorted(said.keys() & have.keys()):
        entry = have[key]
        if bool(entry.msgid_plural) != bool(said[key].msgid_plural):
            found.append(f"Plural in one place only: {key[0]!r}")
        elif lost := lost_placeholders(entry):
            found.append(f"Placeholders differ in {key[0]!r}: {', '.join(sorted(lost))}")
    return found


def lost_placeholders(entry: polib.POEntry) -> set[str]:
    """Placeholders on one side only. A plural's singular may leave its number out."""
    if not entry.msgid_plural:
        said, written = PLACEHOLDER.findall(entry.msgid), PLACEHOLDER.findall(entry.msgstr)
        return set(said) ^ set(written)
    allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    many = set(PLACEHOLDER.findall(entry.msgstr_plural[1]))
    one = set(PLACEHOLDER.findall(entry.msgstr_plural[0]))
    return (one - allowed) | (many ^ set(PLACEHOLDER.findall(entry.msgid_plural)))
