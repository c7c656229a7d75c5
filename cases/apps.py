from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "cases"

    def ready(self) -> None:
        from cases.casework import api, grants, registrations
        from cases.plans import registrations as plans

        api.register()
        post_migrate.connect(grants.forget_permission_ids, sender=self)
        registrations.register()
        plans.register()
