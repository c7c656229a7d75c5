"""Reading pages as people do."""

from html import unescape
from typing import Protocol


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def read(response: Answer) -> str:
    """The page's source with entities resolved and hard spaces made soft."""
    return unescape(response.content.decode()).replace("\u00a0", " ")
