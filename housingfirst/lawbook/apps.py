from django.apps import AppConfig


class LawbookConfig(AppConfig):
    name = "housingfirst.lawbook"
    label = "lawbook"

    def ready(self) -> None:
        from housingfirst.lawbook import registrations

        registrations.register()
