from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from cases.casework import api, events
        from cases.casework.tabs import Tab, register_tab

        api.register()
        events.register()
        register_tab(Tab("overview", 10, _("Overview"), "cases:case_detail"))
