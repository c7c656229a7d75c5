"""Files as they come: any delimiter, either encoding, both formats, and broken ones."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from housingfirst.imports.columns import CellError, read_day
from housingfirst.imports.errors import EmptyFile, NotSpreadsheet, TooLarge, Unreadable
from housingfirst.imports.reading import MAX_ROWS, read_sheet


def xlsx(*rows: tuple[str | float | date, ...]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Navn;Årsag\nÅse;Sø\n".encode(), id="utf-8-semicolon"),
        pytest.param("\ufeffNavn;Årsag\r\nÅse;Sø\r\n".encode(), id="utf-8-bom-crlf"),
        pytest.param("Navn,Årsag\nÅse,Sø\n".encode("cp1252"), id="windows-comma"),
        pytest.param("Navn\tÅrsag\nÅse\tSø".encode("cp1252"), id="windows-tab-no-newline"),
        pytest.param("Navn;Årsag\n\n;\nÅse; Sø \n".encode(), id="empty-rows-and-blanks"),
        pytest.param(xlsx(("Navn", "Årsag"), ("Åse", "Sø")), id="xlsx"),
    ],
)
def test_the_same_rows_come_out(content: bytes) -> None:
    sheet = read_sheet(content)

    assert sheet.header == ("Navn", "Årsag")
    assert [line.cells for line in sheet.lines] == [("Åse", "Sø")]


def test_a_line_keeps_its_number_in_the_file() -> None:
    sheet = read_sheet(b"a;b\n1;2\n\n3;4\n")

    assert [line.number for line in sheet.lines] == [2, 4]


def test_cells_of_a_spreadsheet_become_what_one_would_type() -> None:
    midnight = datetime(2026, 8, 3)  # noqa: DTZ001  a cell of a spreadsheet knows no zone
    sheet = read_sheet(xlsx(("a", "b", "c"), (date(2026, 8, 3), 1450.0, midnight)))

    assert sheet.lines[0].cells == ("2026-08-03", "1450", "2026-08-03")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"", EmptyFile, id="nothing"),
        pytest.param(b"Navn;Alder\n", EmptyFile, id="header-alone"),
        pytest.param(b"just some words\nand more", NotSpreadsheet, id="prose"),
        pytest.param(b"\x00\x01\x02;", NotSpreadsheet, id="binary"),
        pytest.param(b"PK\x03\x04 not really", Unreadable, id="broken-xlsx"),
        pytest.param(b"a;b\n" + b"1;2\n" * (MAX_ROWS + 1), TooLarge, id="too-many-rows"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, refusal: type[Unreadable]) -> None:
    with pytest.raises(refusal) as refused:
        read_sheet(content)

    assert str(refused.value)


@pytest.mark.parametrize(
    "text", ["03-08-2026", "3.8.2026", "3/8/2026", "2026-08-03", "2026-08-03 00:00", "3/8-2026"]
)
def test_dates_in_danish_and_iso_form(text: str) -> None:
    assert read_day(text) == date(2026, 8, 3)


@pytest.mark.parametrize("text", ["31-02-2026", "03-08-26", "i går", "2026", "13-13-2026", "-"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        read_day(text)
