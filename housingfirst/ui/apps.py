from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "housingfirst.ui"
    label = "ui"

    def ready(self) -> None:
        """Compile the Danish catalogue when it has changed, so that nobody has to remember it."""
        from housingfirst.ui.messages import compiled

        compiled.refresh()
