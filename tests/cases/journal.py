"""Notes, as they are written and as they are typed."""

from typing import Any

from tests.cases.pages import form


def note(**values: Any) -> dict[str, Any]:
    given = {
        "kind": "phone",
        "text": "Ringede om boligen",
        "happened_at": "i går 11.12",
        "audience": "case",
    }
    return form(**given | values)
