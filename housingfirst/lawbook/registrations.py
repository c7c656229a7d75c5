"""What this app adds to the shell: told from `LawbookConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.enums import Act, Role
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    register_place(
        _place("law", {Role.AUDITOR}, 430),
        _place("law_administrator", {Role.ADMINISTRATOR}, 525),
        # The last in the menu of those who now and then look a rule up.
        _place("law_reader", {Role.ADVISER, Role.HYBRID, Role.TEAM_LEAD, Role.ALLOCATOR}, 690),
    )
    name_what({
        "municipal_choice": _("a choice of the municipality"),
        "rules": _("the rules of the law"),
        "choice_make": _("a choice of the municipality"),
    })  # fmt: skip


def _place(key: str, roles: set[Role], order: int) -> MenuItem:
    return MenuItem(
        key=key,
        label=_("Rules of the law"),
        icon="summary",
        url_name="lawbook:rules",
        roles=roles,
        order=order,
        covers=("lawbook:",),
        act=Act.RULES_VIEW,
    )
