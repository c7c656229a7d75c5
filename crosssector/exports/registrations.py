"""What this subject adds to the menu and to the log's words."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosssector.exports.models import ExportRequest
from housingfirst.access.enums import Role
from housingfirst.access.models import User
from housingfirst.access.what import name_what
from housingfirst.ui.menu import MenuItem
from housingfirst.ui.menu import register as register_place


def register() -> None:
    name_what({
        "export_list": _("the large files"),
        "export_ask": _("a large file asked for"),
        "export_approve": _("a large file approved"),
    })  # fmt: skip
    register_place(
        MenuItem(
            key="exports",
            label=_("Large files"),
            icon="download",
            url_name="crosssector:export_list",
            roles={Role.TEAM_LEAD},
            order=80,
            count=_waiting,
            covers=("crosssector:resident_stock_ask",),
        )
    )


def _waiting(request: HttpRequest) -> int:
    """How many wait for the reader's yes."""
    user = request.user
    if not isinstance(user, User):
        return 0
    waiting = ExportRequest.objects.visible_to(user).exclude(asked_by=user)
    return waiting.filter(approved_by=None, expires_at__gt=timezone.now()).count()
