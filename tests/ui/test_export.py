"""Exports that no spreadsheet runs."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from housingfirst.ui import export

DANGEROUS = ["=1+1", "+45 12", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "  =1", "\x00=1"]


def read_csv(*rows: list[Any]) -> list[list[str]]:
    data = b"".join(export.csv_lines(["navn"], rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data), delimiter=";"))[1:]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_is_quoted(text: str) -> None:
    assert read_csv([text])[0][0].startswith("'")


@given(st.text())
def test_no_csv_cell_starts_a_formula(text: str) -> None:
    cell = export.csv_cell(text)
    assert not cell.lstrip().startswith(export.FORMULA_STARTS)
    assert "\x00" not in cell


def test_values_keep_their_kind_in_csv() -> None:
    row = [Decimal("-4870.50"), -3, date(2026, 11, 17), None, True, "Ægir; 'x'"]
    moment = datetime(2026, 11, 17, 10, 12, tzinfo=UTC)
    assert read_csv([*row, moment]) == [
        ["-4870,50", "-3", "2026-11-17", "", "Ja", "Ægir; 'x'", "2026-11-17 11:12"]
    ]


def test_columns_are_quoted_too() -> None:
    assert b"'=A" in b"".join(export.csv_lines(["=A"], []))


def test_many_rows_come_in_pieces() -> None:
    pieces = list(export.csv_lines(["n"], ([n] for n in range(50_000))))
    assert len(pieces) > 1
    assert b"".join(pieces).count(b"\r\n") == 50_001


@given(st.lists(st.text(max_size=50), max_size=5))
def test_xlsx_text_is_text(texts: list[str]) -> None:
    book = load_workbook(io.BytesIO(export.xlsx_bytes("t", ["a"], [[text] for text in texts])))
    for cell in book.worksheets[0]["A"]:
        assert cell.data_type in {"s", "inlineStr", "n"}  # "n" is how an empty cell reads


def test_xlsx_keeps_numbers_and_dates() -> None:
    rows = [["=1+1", Decimal("4870.50"), date(2026, 11, 17), 12, None, False]]
    book = load_workbook(io.BytesIO(export.xlsx_bytes("Ophold/2026", list("abcdef"), rows)))
    sheet = book.worksheets[0]
    values = [cell.value for cell in sheet[2]]
    assert values == ["=1+1", 4870.5, datetime(2026, 11, 17), 12, None, "Nej"]  # noqa: DTZ001  (a spreadsheet has no time zones)
    assert sheet["A2"].data_type == "s"
    assert sheet["A1"].font.bold
    assert sheet.title == "Ophold 2026"


def test_a_download_has_a_safe_name() -> None:
    response = export.csv_response("ophold æ.csv", ["a"], [])
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''ophold%20")
    response.close()
