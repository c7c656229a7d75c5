"""What is said of input that cannot be computed: one line that names the field."""

import re
from typing import Final

import msgspec

_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?$", re.DOTALL)
_FIELD: Final = re.compile(r"^Object (?P<what>missing required|contains unknown) field `(.*)`$")


class InputRefused(ValueError):
    """`field` is the path to what is wrong, such as `stays[0].admitted_on`; `what` says how."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(f"{field}: {what}" if field else what)
        self.field = field
        self.what = what

    def within(self, where: str) -> "InputRefused":
        """The same, with `where` the input stands put first."""
        return InputRefused(f"{where}, {self.field}" if self.field else where, self.what)


def refusal_of(error: msgspec.MsgspecError) -> InputRefused:
    """A refusal from what the reader says."""
    match = _AT.match(str(error))
    what, path = (match["what"], match["path"] or "") if match else (str(error), "")
    field = _FIELD.match(what)
    if field is not None:
        path = f"{path}.{field[2]}" if path else field[2]
        is_missing = field["what"].startswith("missing")
        what = "must be given" if is_missing else "is not a field here; see --help"
    if what == "Invalid RFC3339 encoded date":
        what = "write a date as 2026-12-31"
    if what == "Invalid decimal string":
        what = 'write an amount as "1450.00"'
    return InputRefused(path, what[:1].lower() + what[1:])
