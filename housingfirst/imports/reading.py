"""Reads a CSV or XLSX file into rows of text, whatever program wrote it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook

from housingfirst.imports.errors import EmptyFile, NotSpreadsheet, TooLarge, Unreadable

MAX_ROWS: Final = 50_000
MAX_MEGABYTES: Final = 20
_UNPACKED_BYTES: Final = 400 * 1024 * 1024
_DELIMITERS: Final = ";,\t"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number there (the header's is 1) and its cells, trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(content: bytes) -> Sheet:
    """The rows of a CSV (UTF-8 or Windows-1252; semicolon, comma or tab) or XLSX file.

    Empty rows are passed over. Raises a subclass of Unreadable.
    """
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise TooLarge(rows=MAX_ROWS, megabytes=MAX_MEGABYTES)
    rows = _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    return _sheet(rows)


def _sheet(rows: Iterable[tuple[str, ...]]) -> Sheet:
    header: tuple[str, ...] | None = None
    lines: list[Line] = []
    for number, cells in enumerate(rows, 1):
        if not any(cells):
            continue
        if header is None:
            header = cells
        elif len(lines) >= MAX_ROWS:
            raise TooLarge(rows=MAX_ROWS, megabytes=MAX_MEGABYTES)
        else:
            lines.append(Line(number, cells))
    if header is None or not lines:
        raise EmptyFile
    return Sheet(header, tuple(lines))


def _csv(content: bytes) -> Iterator[tuple[str, ...]]:
    if b"\x00" in content:
        raise NotSpreadsheet
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.lstrip("\r\n ").split("\n", 1)[0]
    if not first:
        raise EmptyFile
    delimiter = max(_DELIMITERS, key=first.count)
    if delimiter not in first:
        raise NotSpreadsheet
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield tuple(cell.strip() for cell in row)
    except csv.Error:
        raise Unreadable from None


def _xlsx(content: bytes) -> Iterator[tuple[str, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _UNPACKED_BYTES:
                raise TooLarge(rows=MAX_ROWS, megabytes=MAX_MEGABYTES)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield tuple(_text(cell) for cell in row)
    except Unreadable:
        raise
    except Exception:  # openpyxl raises what its parsers raise: a broken file is a broken file
        raise Unreadable from None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        midnight = cell.time() == time.min
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
