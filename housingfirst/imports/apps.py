from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "housingfirst.imports"
    label = "imports"

    def ready(self) -> None:
        from housingfirst.imports import menu

        menu.register()
