"""PDF from a template, readable by screen readers, that can fetch nothing from anywhere.

A template names the project's own static files as `static:path/in/static`; `data:` works as well.
Everything else (http, file, redirects) is refused and the rendering fails: see `OwnFilesOnly`.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header


class PdfRefused(ValueError):
    """The page asked for something that is not the project's own."""


def render_pdf(template: str, context: Mapping[str, Any]) -> bytes:
    """The template as PDF/UA-1. It extends `components/letter.html` or names `lang` and `<title>`.

    Raises PdfRefused when the page asks for anything but our own files.
    """
    # WeasyPrint loads Pango: only the processes that render pay for it.
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from housingfirst.ui.pdf_files import OwnFilesOnly

    html = render_to_string(template, dict(context))
    try:
        document = HTML(string=html, base_url="static:", url_fetcher=OwnFilesOnly())
        result: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as refusal:  # not an Exception: it would end the worker
        raise PdfRefused(str(refusal)) from refusal
    return result


def pdf_response(pdf: bytes, filename: str, *, download: bool = False) -> HttpResponse:
    """The PDF to be shown, or downloaded. `filename` never holds a citizen's name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(download, filename) or "inline"
    return response
