from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "housingfirst.ui"
    label = "ui"

    def ready(self) -> None:
        """Compile the Danish catalogue when it has changed, so that nobody has to remember it.

        And say what the access log calls a page of this app.
        """
        from housingfirst.access.what import name_what
        from housingfirst.ui.messages import compiled

        compiled.refresh()
        name_what({"conflict": _("two versions of what was written")})
