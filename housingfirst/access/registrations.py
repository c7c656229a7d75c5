"""What this app adds to the shell: told from `AccessConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Role
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    register_place(
        MenuItem("log", _("Access log"), "view-in-list", "access:log_audit", {Role.AUDITOR}, 410),
        MenuItem(
            "users",
            _("Users"),
            "groups",
            "access:user_list",
            {Role.ADMINISTRATOR},
            510,
            covers=("access:user_create", "access:user_edit", "access:membership_end"),
        ),
        MenuItem(
            "units",
            _("Units"),
            "business",
            "access:unit_list",
            {Role.ADMINISTRATOR},
            520,
            covers=("access:unit_create", "access:unit_edit"),
        ),
    )
    name_what({
        "user": _("a user"),
        "user_list": _("the list of users"),
        "user_create": _("the form for a user"),
        "user_edit": _("the form for a user"),
        "membership": _("a role"),
        "membership_add": _("the form for a role"),
        "membership_end": _("the form for a role"),
        "password_link": _("a link to set a password"),
        "resume_typed": _("what was typed when the session had ended"),
        "resume_send": _("what was typed when the session had ended"),
        "resume_drop": _("what was typed when the session had ended"),
        "organisation": _("an organisation"),
        "unit": _("a unit"),
        "unit_list": _("the list of units"),
        "unit_create": _("the form for a unit"),
        "unit_edit": _("the form for a unit"),
        "log_audit": _("the access log"),
    })  # fmt: skip
