from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "housing"

    def ready(self) -> None:
        from housing.shelters import registrations as shelters

        shelters.register()
