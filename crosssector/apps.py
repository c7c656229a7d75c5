from django.apps import AppConfig


class CrosssectorConfig(AppConfig):
    name = "crosssector"

    def ready(self) -> None:
        from crosssector.handoffs import registrations as handoffs

        handoffs.register()
