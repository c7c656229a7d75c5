from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "housingfirst.ui"
    label = "ui"
