from django.apps import AppConfig


class CrosssectorConfig(AppConfig):
    name = "crosssector"
