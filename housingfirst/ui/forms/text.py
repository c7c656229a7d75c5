"""Text as it comes from people and machines, made safe to store; pure functions.

PostgreSQL refuses NUL, and lone surrogates cannot be encoded: both would be a server error. Other
control characters only ever come from a clipboard or an attack. Emoji and all languages stay.
"""

import re

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")


def clean_text(value: str) -> str:
    """`value` without control characters and lone surrogates, with "\\n" as line end."""
    return _UNSTORABLE.sub("", _LINE_ENDS.sub("\n", value))


def clean_line(value: str) -> str:
    """`clean_text` on one line: any run of white space is one space, none at the ends."""
    return " ".join(clean_text(value).split())
