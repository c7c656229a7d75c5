"""Tables as CSV and XLSX that no spreadsheet will run.

A cell of text that a spreadsheet could take for a formula is quoted in CSV and typed as text in
XLSX; numbers and dates stay numbers and dates. Who exports, and that it is logged, is the
caller's work.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from housingfirst.ui import words
from housingfirst.ui.forms.text import clean_text

# A spreadsheet reads these as the start of a formula, the full-width ones too; tab and line ends
# move the rest of the text into a cell of its own in some of them.
FORMULA_STARTS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSX_TEXT_LIMIT = 32_767
XLSX_TITLE_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def quoted(text: str) -> str:
    """`text` so that a spreadsheet shows it and does nothing else."""
    text = clean_text(text)
    starts = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return f"'{text}" if starts else text


def csv_cell(value: Any) -> str:
    """A value as Danish and English spreadsheets read it from CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return str(value).replace(".", ",") if words.language() == "da" else str(value)
    return quoted(str(value))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The file in pieces: UTF-8 with its mark, semicolons, CRLF: what Excel opens by itself."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([quoted(str(column)) for column in columns])
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
        if buffer.tell() > 64_000:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def xlsx_bytes(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, mark: str = ""
) -> bytes:
    """One sheet with a bold first row that stays in sight; `mark` is in the file's properties."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    if mark:
        book.properties.creator = book.properties.description = clean_text(mark)
    sheet = book.create_sheet(clean_text(title).translate(XLSX_TITLE_FORBIDDEN).strip()[:31] or "1")
    sheet.freeze_panes = "A2"

    def cell(value: Any, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=_xlsx_value(value))
        if isinstance(made.value, str):
            made.data_type = "s"  # else a text that starts with "=" becomes a formula
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(str(column), bold=True) for column in columns])
    for row in rows:
        sheet.append([cell(value) for value in row])
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _xlsx_value(value: Any) -> Any:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, date | int | Decimal):
        return value
    return clean_text(str(value))[:XLSX_TEXT_LIMIT]


def csv_response(
    filename: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """A download. `rows` is read while it is sent: evaluate what must be logged before."""
    response = StreamingHttpResponse(
        csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def xlsx_response(
    filename: str,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    mark: str = "",
) -> HttpResponse:
    """A download; `mark` says in the file itself who fetched it, and by what right."""
    content = xlsx_bytes(title, columns, rows, mark=mark)
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response
