"""What this app adds to the shell: told from `LawbookConfig.ready`."""

from django.utils.translation import gettext_lazy as _

from housingfirst.access.what import name_what


def register() -> None:
    name_what({"municipal_choice": _("a choice of the municipality")})
