"""PDF: our own files only, and a letter people can read."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.template import engines
from pypdf import PdfReader

from housingfirst.ui import pdf
from housingfirst.ui.pdf_files import OwnFilesOnly, UrlRefused

LETTER = {
    "municipality": "Fjordby Kommune",
    "unit": "Team Bolig",
    "recipient": ["Preben Skaarup Dall", "Sejlmagergården", "9999 Fjordby"],
    "on": date(2026, 11, 17),
    "reference": "2026-0117",
    "title": "Orientering om indskrivning",
}


@pytest.fixture
def knocked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and the paths anybody asked it for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_letter_is_readable_by_people_and_machines() -> None:
    reader = PdfReader(BytesIO(pdf.render_pdf("components/letter.html", LETTER)))
    text = reader.pages[0].extract_text()
    assert "Orientering om indskrivning" in text
    assert "Preben Skaarup Dall" in text
    assert "17. november 2026" in text.replace("\u00a0", " ")
    assert "Side 1 af 1" in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Orientering om indskrivning"
    catalog = reader.root_object
    assert str(catalog["/Lang"]) == "da"
    assert str(catalog["/MarkInfo"]) == "{'/Marked': True}"
    metadata: Any = catalog["/Metadata"].get_object()
    assert "pdfuaid" in metadata.get_data().decode()


def test_user_text_in_a_letter_is_text() -> None:
    made = pdf.render_pdf(
        "components/letter.html", {**LETTER, "title": "<img src='file:///x'> & ja"}
    )
    assert "<img src='file:///x'> & ja" in PdfReader(BytesIO(made)).pages[0].extract_text()


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="{url}/a.png">',
        '<link rel="stylesheet" href="{url}/a.css">',
        '<style>@import url("{url}/b.css");</style>',
        "<style>body {{ background: url({url}/c.png) }}</style>",
        '<link rel="attachment" href="{url}/d">',
        '<object data="{url}/e.svg"></object>',
        '<img src="file:///etc/hostname">',
        '<link rel="attachment" href="file:///etc/hostname">',
    ],
)
def test_a_page_that_asks_for_others_files_is_refused(
    tag: str, knocked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = knocked
    page = f"<html lang=da><title>t</title>{tag.format(url=address)}<p>tekst</p></html>"
    monkeypatch.setattr(pdf, "render_to_string", lambda *_args: page)
    with pytest.raises(pdf.PdfRefused):
        pdf.render_pdf("unused.html", {})
    assert asked == []


def test_a_picture_inside_a_picture_fetches_nothing(
    knocked: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = knocked
    inner = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{address}/f.png'/></svg>"
    page = (
        f'<html lang=da><title>t</title><img alt="" src="data:image/svg+xml,{quote(inner)}"></html>'
    )
    monkeypatch.setattr(pdf, "render_to_string", lambda *_args: page)
    with contextlib.suppress(pdf.PdfRefused):
        pdf.render_pdf("unused.html", {})
    assert asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://example.org/x",
        "static:../housingfirst/settings/base.py",
        "static:%2e%2e/manage.py",
        "static:/etc/passwd",
        "static:vendor",
        "static:no/such/file.png",
        "//example.org/x.png",
        "",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        OwnFilesOnly().fetch(url)


def test_own_files_and_data_are_given() -> None:
    fetcher = OwnFilesOnly()
    own = fetcher.fetch("static:icon.svg")
    assert own.read() == Path("static/icon.svg").read_bytes()
    assert own.content_type == "image/svg+xml"
    assert fetcher.fetch("data:text/plain,hej").read() == b"hej"


def test_the_template_engine_escapes() -> None:
    template = engines["django"].from_string("{{ text }}")
    assert template.render({"text": "<b>"}) == "&lt;b&gt;"
