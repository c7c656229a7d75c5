"""What the register of ordinary waiting lists refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class OnThatList(DomainError):
    code = "on_that_list"
    message = _("The citizen is on that list already.")


class ListNeedsName(DomainError):
    code = "list_needs_name"
    message = _("Choose the housing organisation, or write its name.")


class LeftBeforeJoined(DomainError):
    code = "left_before_joined"
    message = _("The list is left on the day it was joined or later.")
