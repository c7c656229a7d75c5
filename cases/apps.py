from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from cases.casework import api, events, grants
        from cases.casework.tabs import Tab, register_tab

        api.register()
        events.register()
        post_migrate.connect(grants.forget_permission_ids, sender=self)
        register_tab(Tab("overview", 10, _("Overview"), "cases:case_detail"))
