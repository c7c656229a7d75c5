"""The kinds of events this subject publishes."""

from django.utils.translation import gettext_lazy as _

from housingfirst.events.kinds import Category, register_kind

CASE_OPENED = "case.opened"
CASE_ASSIGNED = "case.assigned"
NOTE_WRITTEN = "note.written"
WISH_SAID = "wish.said"
SITUATION_CHANGED = "situation.changed"


def register() -> None:
    register_kind(CASE_OPENED, Category.CASE, _("Case opened"))
    register_kind(CASE_ASSIGNED, Category.CASE, _("Case assigned to %(unit)s"))
    register_kind(NOTE_WRITTEN, Category.CONTACT, _("Note written"))
    register_kind(WISH_SAID, Category.CASE, _("The citizen's wish written down"), is_important=True)
    register_kind(SITUATION_CHANGED, Category.CASE, _("Situation changed"))
