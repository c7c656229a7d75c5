from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccessConfig(AppConfig):
    name = "housingfirst.access"
    label = "access"

    def ready(self) -> None:
        from housingfirst.access import registrations
        from housingfirst.access.sessions import remember_rights

        user_logged_in.connect(remember_rights)
        registrations.register()
