"""What a PDF may be made of: `data:` and the project's own static files, by name."""

import mimetypes
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static:"


class UrlRefused(ValueError):
    """The page asked for something that is not the project's own."""


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # weasyprint ships no types
    """No network, no other files, no redirects; a refusal stops the rendering."""

    def __init__(self) -> None:
        super().__init__(
            timeout=1, allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True
        )

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The named static file or the data. Raises UrlRefused for anything else."""
        if url.startswith(SCHEME):
            path = _own_file(unquote(url.removeprefix(SCHEME)))
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        if not url[:5].lower() == "data:":
            raise UrlRefused(url)
        return super().fetch(url, headers)


def _own_file(name: str) -> Path:
    try:
        found = finders.find(name)
    except (SuspiciousFileOperation, ValueError) as error:
        raise UrlRefused(name) from error
    if not isinstance(found, str) or not Path(found).is_file():
        raise UrlRefused(name)
    return Path(found)
