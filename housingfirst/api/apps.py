from importlib import import_module

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "housingfirst.api"
    label = "api"

    def ready(self) -> None:
        import_module("housingfirst.api.schema")  # drf-spectacular finds what has been imported
