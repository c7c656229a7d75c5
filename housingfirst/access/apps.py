from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "housingfirst.access"
    label = "access"
