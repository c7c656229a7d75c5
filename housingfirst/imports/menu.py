"""Where the pages stand in the menu."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Role
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_item


def register() -> None:
    register_item(
        _item("import", {Role.SHELTER_STAFF, Role.SHELTER_LEADER}, 160),
        _item("import_dwellings", {Role.ALLOCATOR}, 270),
    )
    name_what({
        "import": _("an import"),
        "import_list": _("the imports"),
        "import_create": _("the form for an import"),
        "import_detail": _("an import"),
        "import_apply": _("an import"),
        "import_sample": _("the example of a file to import"),
    })  # fmt: skip


def _item(key: str, roles: set[Role], order: int) -> MenuItem:
    """After the daily work of each: a file is imported now and then."""
    return MenuItem(
        key=key,
        label=_("Import"),
        icon="upload",
        url_name="imports:import_list",
        roles=roles,
        order=order,
        covers=("imports:",),
    )
