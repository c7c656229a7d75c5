from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "housingfirst.imports"
    label = "imports"
